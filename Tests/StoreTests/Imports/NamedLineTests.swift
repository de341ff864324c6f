import CRM
import Database
import Store
import Testing

/// Lines of an import that have no address.
@Suite struct NamedLineTests {
    private func line(
        _ number: Int, _ name: String, _ addresses: String..., account: String = "", title: String = ""
    ) throws -> ImportLine {
        var form = ContactForm()
        (form.firstName, form.lastName, form.title, form.addresses) = ("Ann", name, title, addresses)
        var company = AccountForm()
        company.name = account
        return ImportLine(
            line: number, cells: [name], contact: try form.validated(),
            account: account.isEmpty ? nil : try company.validated())
    }

    /// Imports batches of lines; returns what came of them.
    @discardableResult
    private func run(
        _ bench: Bench, _ policy: ImportChoices.Existing, _ batches: [ImportLine]...
    ) async throws -> ContactImport.Counts {
        let choices = ImportChoices(columns: [], hasHeader: true, existing: policy, owner: nil)
        return try await bench.write { [ann = bench.ann] tx, organization in
            let id = try ContactImports.create(
                tx, organization, by: ann, fileName: "a.csv", kind: "csv", size: 1, now: Bench.now)
            _ = try ContactImports.enqueue(tx, organization, of: ann, id, choices)
            _ = try ContactImports.begin(tx, now: Bench.now)
            for lines in batches {
                _ = try ImportStaging.stage(
                    tx, organization, id, attempt: 1, lines, [], choices, progress: 1, now: Bench.now)
            }
            #expect(try ImportSwitch.finish(tx, organization, id, attempt: 1, by: ann, now: Bench.now))
            while try ImportStaging.clear(tx, organization, id) {}
            return try #require(try ContactImports.find(tx, organization, of: ann, id)).counts
        }
    }

    private func contacts(_ bench: Bench) async throws -> [String] {
        try await bench.read { tx, organization in
            try ContactList.page(tx, organization, limit: 99).elements.map {
                "\($0.name), \($0.title), \($0.accountName ?? "-")"
            }
        }
    }

    @Test(arguments: ImportChoices.Existing.allCases)
    func `a file that is imported twice doubles nobody who has no address`(_ policy: ImportChoices.Existing)
        async throws
    {
        let bench = try await Bench()
        let lines = [
            try line(2, "Smith", account: "Firm", title: "Buyer"), try line(3, "Smith", account: "Other"),
            try line(4, "Smith"), try line(5, "Jones", "jones@firm.example", account: "Firm"),
        ]
        #expect(try await run(bench, policy, lines).added == 4)
        let before = try await contacts(bench)
        let again = try await run(bench, policy, lines)
        #expect(again.added == 0 && again.refused == 0)
        #expect(policy == .skip ? again.skipped == 4 : again.unchanged == 4)
        #expect(try await contacts(bench) == before)
    }

    @Test func `the contact of the same name at the same account is updated, whatever the accents and case`()
        async throws
    {
        let bench = try await Bench()
        try await run(bench, .skip, [try line(2, "Müller", account: "Firm"), try line(3, "Müller", account: "Other")])
        let counts = try await run(bench, .update, [try line(2, "MULLER", account: "firm", title: "Buyer")])
        #expect(counts.updated == 1 && counts.added == 0)
        #expect(try await contacts(bench) == ["Ann MULLER, Buyer, Firm", "Ann Müller, , Other"])
    }

    @Test func `of two lines that mean the same contact the second is refused, also in a later batch`() async throws {
        let bench = try await Bench()
        let first = try await run(bench, .update, [try line(2, "Smith")], [try line(3, "Smith", title: "Buyer")])
        #expect(first.added == 1 && first.refused == 1)
        try await run(bench, .update, [try line(2, "Jones", "jones@firm.example")])
        let second = try await run(
            bench, .update, [try line(2, "Miller", "jones@firm.example")], [try line(3, "Jones", title: "Buyer")])
        #expect(second.updated == 1 && second.refused == 1)
        #expect(try await contacts(bench) == ["Ann Miller, , -", "Ann Smith, , -"])
    }

    @Test func `where several contacts have the name the line is refused with what to do`() async throws {
        let bench = try await Bench()
        try await run(bench, .skip, [try line(2, "Smith", "a@firm.example"), try line(3, "Smith", "b@firm.example")])
        let counts = try await run(bench, .update, [try line(2, "Smith", title: "Buyer")])
        #expect(counts.refused == 1 && counts.updated == 0 && counts.added == 0)
        #expect(try await contacts(bench).count == 2)
        #expect(try await run(bench, .skip, [try line(2, "Smith")]).skipped == 1)
    }
}
