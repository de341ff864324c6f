import CRM
import Database
import Mirror
import Store
import Testing

@Suite struct ExclusionTests {
    private let carol = "carol@client.example"

    @Test func `what is excluded leaves the mirror at once, text and all, and is accounted for by its rule`()
        async throws
    {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        try await bench.apply(
            [mail(1, "secret", from: "lawyer@firm.example", to: [carol]), mail(2, "open", to: [carol])], in: bench.inbox
        )
        try await bench.apply([mail(1, "secret", from: "lawyer@firm.example", to: [carol])], in: bench.archive)
        try await bench.fetchTexts(bench.anns) { _ in "zqsecret" }
        _ = try await bench.exclude("firm.example")
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == ["About open"])
        #expect(try await bench.database.count("message_texts") == 1)
        let rules = try await bench.database.read { tx in
            try tx.rows("SELECT rule FROM excluded_messages") { try $0.text(0) }
        }
        #expect(rules == ["@firm.example", "@firm.example"])
        #expect(try await bench.accounting(bench.inbox) == Accounting(listed: 2, mirrored: 1, excluded: 1))
        #expect(try await bench.accounting(bench.archive) == Accounting(listed: 1, excluded: 1))
    }

    @Test func `what is not excluded any more is read again at once, accounted for meanwhile, and mirrored`()
        async throws
    {
        let bench = try await Bench()
        let contact = try await bench.contact(carol)
        let exclusion = try await bench.exclude("@firm.example")
        _ = try await bench.exclude("hr@acme.example")
        try await bench.apply(
            [
                mail(1, "a", to: [carol, "x@firm.example"]), mail(2, "b", to: [carol, "hr@acme.example"]),
                mail(3, "c", to: [carol, "x@firm.example"], cc: ["hr@acme.example"]),
            ], in: bench.inbox)
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == [])
        try await bench.write { try Exclusions.remove($0, $1, exclusion) }
        let due = try await bench.read { [anns = bench.anns] in try SetAsides.due($0, $1, anns, now: Bench.now) }
        #expect(due.mapValues { Set($0.map(\.rawValue)) } == [bench.inbox: ["1", "3"]])
        #expect(try await bench.accounting(bench.inbox) == Accounting(listed: 3, excluded: 1, setAside: 2))
        // The engine describes them anew.
        try await bench.apply(
            [
                mail(1, "a", to: [carol, "x@firm.example"]),
                mail(3, "c", to: [carol, "x@firm.example"], cc: ["hr@acme.example"]),
            ], in: bench.inbox, .search)
        try await bench.fetchTexts(bench.anns)
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == ["About a"])
        #expect(try await bench.accounting(bench.inbox) == Accounting(listed: 3, mirrored: 1, excluded: 2))
    }

    @Test func `an exclusion that is removed twice is removed once`() async throws {
        let bench = try await Bench()
        let exclusion = try await bench.exclude("@firm.example")
        for _ in 0..<2 { try await bench.write { try Exclusions.remove($0, $1, exclusion) } }
        #expect(try await bench.database.count("exclusions") == 0)
    }

    @Test func `the same rule again changes its reason only`() async throws {
        let bench = try await Bench()
        let first = try await bench.exclude("@firm.example")
        let again = try await bench.write { tx, organization in
            var form = ExclusionForm()
            (form.pattern, form.reason) = ("Firm.example", "Lawyers")
            return try Exclusions.add(tx, organization, try form.validated(), now: 9)
        }
        #expect(again == first)
        let listed = try await bench.read { try Exclusions.list($0, $1) }
        #expect(listed.map(\.pattern) == ["@firm.example"] && listed.map(\.reason) == ["Lawyers"])
    }

    @Test func `own domains and received mail that are no longer mirrored leave at once`() async throws {
        let bench = try await Bench()
        let (contact, partner) = (try await bench.contact(carol), try await bench.contact("p@partner.example"))
        try await bench.apply(
            [mail(1, "in", from: carol), mail(2, "out", to: [carol]), mail(3, "partner", to: ["p@partner.example"])],
            in: bench.inbox)
        try await bench.write {
            try Organizations.setMirroring(
                $0, $1, ownDomains: ["acme.example", "partner.example"], mirrorsReceived: false, now: 1)
        }
        #expect(try await bench.subjects(.contact(contact), for: bench.ann) == ["About out"])
        #expect(try await bench.subjects(.contact(partner), for: bench.ann) == [])
        #expect(try await bench.accounting(bench.inbox) == Accounting(listed: 3, noContact: 2, waiting: 1))
        let row = try await bench.read { try Organizations.find($0, $1) }
        #expect(row?.ownDomains == ["acme.example", "partner.example"] && row?.mirrorsReceived == false)
    }
}
