import CRM
import Database
import Store
import Testing

@Suite struct ImportTests {
    private let choices = ImportChoices(columns: [], hasHeader: true, existing: .skip, owner: nil)

    private func line(
        _ number: Int, _ name: String, _ addresses: String..., account: String = "", domain: String = ""
    ) throws -> ImportLine {
        var form = ContactForm()
        form.lastName = name
        form.addresses = addresses
        var company = AccountForm()
        company.name = account
        company.domain = domain
        return ImportLine(
            line: number, cells: [name] + addresses, contact: try form.validated(),
            account: account.isEmpty ? nil : try company.validated())
    }

    /// An import under way.
    private func begin(_ bench: Bench, _ choices: ImportChoices) async throws -> ContactImportID {
        try await bench.write { [ann = bench.ann] tx, organization in
            let id = try ContactImports.create(
                tx, organization, by: ann, fileName: "a.csv", kind: "csv", size: 1, now: Bench.now)
            _ = try ContactImports.enqueue(tx, organization, of: ann, id, choices)
            _ = try ContactImports.begin(tx, now: Bench.now)
            return id
        }
    }

    private func stage(
        _ bench: Bench, _ id: ContactImportID, _ lines: [ImportLine], _ choices: ImportChoices? = nil,
        attempt: Int = 1, now: Int64 = Bench.now
    ) async throws -> Bool {
        let choices = choices ?? self.choices
        return try await bench.write {
            try ImportStaging.stage(
                $0, $1, id, attempt: attempt, lines, [], choices, progress: 10, now: now)
        }
    }

    @discardableResult
    private func finish(_ bench: Bench, _ id: ContactImportID, attempt: Int = 1) async throws -> Bool {
        try await bench.write { [ann = bench.ann] in
            try ImportSwitch.finish($0, $1, id, attempt: attempt, by: ann, now: Bench.now + 5)
        }
    }

    private func names(_ bench: Bench) async throws -> [String] {
        try await bench.read { try ContactList.page($0, $1, limit: 99).elements.map(\.name) }
    }

    private func found(_ bench: Bench, _ id: ContactImportID) async throws -> ContactImport {
        let found = try await bench.read { [ann = bench.ann] in try ContactImports.find($0, $1, of: ann, id) }
        return try #require(found)
    }

    @Test func `nothing of an import is to be seen before its switch, and all of it after`() async throws {
        let bench = try await Bench()
        let id = try await begin(bench, choices)
        let before = try await bench.database.contents().filter {
            !$0.key.hasPrefix("import") && $0.key != "sqlite_sequence"
        }
        #expect(try await stage(bench, id, [try line(2, "Carol", "carol@client.example", account: "Client")]))
        #expect(try await stage(bench, id, [try line(3, "Dave", "dave@client.example", account: "client")]))
        let staged = try await bench.database.contents().filter {
            !$0.key.hasPrefix("import") && $0.key != "sqlite_sequence"
        }
        #expect(staged == before)
        #expect(try await finish(bench, id))
        #expect(try await names(bench) == ["Carol", "Dave"])
        let accounts = try await bench.read { try Accounts.list($0, $1, limit: 9).elements }
        #expect(accounts.map(\.name) == ["Client"] && accounts.first?.contactCount == 2)
        let done = try await found(bench, id)
        #expect(done.state == .done && done.counts.added == 2)
        while try await bench.write({ try ImportStaging.clear($0, $1, id) }) {}
        for table in ["import_contacts", "import_addresses", "import_accounts"] {
            #expect(try await bench.database.count(table) == 0)
        }
    }

    @Test func `an imported contact equals one that was added by hand, and its addresses are searched alike`()
        async throws
    {
        let byHand = try await Bench()
        let imported = try await Bench()
        try await byHand.contact("carol@client.example", "c@home.example")
        let id = try await begin(imported, choices)
        #expect(
            try await stage(
                imported, id, [try line(2, "carol@client.example", "carol@client.example", "c@home.example")]))
        try await imported.write { [ann = imported.ann] in
            try ImportSwitch.finish($0, $1, id, attempt: 1, by: ann, now: Bench.now)
        }
        let (one, other) = (try await byHand.database.contents(), try await imported.database.contents())
        for table in ["contacts", "contact_addresses", "backfills", "organizations"] {
            #expect(one[table] == other[table], "\(table)")
        }
        #expect(one["backfills"]?.count == 4)
    }

    @Test func `an existing address is skipped, or its contact is updated without losing anything`() async throws {
        for policy in [ImportChoices.Existing.skip, .update] {
            let bench = try await Bench()
            let account = try await bench.account("Client")
            let contact = try await bench.contact("carol@client.example")
            var choices = choices
            choices.existing = policy
            let id = try await begin(bench, choices)
            let line = try line(2, "Carola", "CAROL@client.example", "new@client.example", account: "CLIENT")
            #expect(try await stage(bench, id, [line], choices))
            try await finish(bench, id)
            let after = try #require(try await bench.read { try Contacts.find($0, $1, contact) })
            #expect(after.lastName == (policy == .skip ? "carol@client.example" : "Carola"))
            #expect(after.addresses == ["carol@client.example"] + (policy == .skip ? [] : ["new@client.example"]))
            #expect(after.account == (policy == .skip ? nil : account))
            let counts = try await found(bench, id).counts
            #expect(counts.skipped == (policy == .skip ? 1 : 0) && counts.updated == (policy == .skip ? 0 : 1))
            #expect(counts.added == 0)
            let waiting = try await bench.read { [anns = bench.anns] in
                try Backfills.pending($0, $1, anns, limit: 9).map(\.addressKey)
            }
            #expect(waiting.contains("new@client.example") == (policy == .update))
        }
    }

    @Test func `mail on the card follows a contact whose account an import changes`() async throws {
        let bench = try await Bench()
        try await bench.contact("carol@client.example")
        try await bench.apply([mail(1, "a", to: ["carol@client.example"])], in: bench.inbox)
        var choices = choices
        choices.existing = .update
        let id = try await begin(bench, choices)
        #expect(try await stage(bench, id, [try line(2, "Carol", "carol@client.example", account: "Client")], choices))
        try await finish(bench, id)
        let account = try #require(try await bench.read { try Accounts.list($0, $1, limit: 1).elements.first })
        #expect(try await bench.card(.account(account.id), for: bench.ann).count == 1)
    }

    @Test func `lines that name one address twice, or two contacts, are refused with a reason`() async throws {
        let bench = try await Bench()
        try await bench.contact("one@client.example", "uno@client.example")
        try await bench.contact("two@client.example")
        var choices = choices
        choices.existing = .update
        let id = try await begin(bench, choices)
        #expect(
            try await stage(
                bench, id,
                [
                    try line(2, "A", "a@x.example"), try line(3, "B", "A@X.example"),
                    try line(4, "C", "one@client.example", "two@client.example"),
                    try line(5, "D", "one@client.example"),
                    try line(6, "E", "uno@client.example"),
                ], choices))
        #expect(try await stage(bench, id, [try line(7, "F", "a@x.example")], choices))
        try await finish(bench, id)
        let problems = try await bench.read { try ImportProblems.list($0, $1, id, limit: 9) }
        #expect(problems.map(\.line) == [3, 4, 6, 7])
        #expect(
            problems[0].reason.english.contains("stands on line 2 already")
                && problems[1].reason.english.contains("2 contacts"))
        #expect(problems[0].cells == ["B", "A@X.example"])
        #expect(try await names(bench) == ["A", "D", "two@client.example"])
        #expect(try await found(bench, id).counts.refused == 4)
    }

    @Test func `what was changed while the import ran is refused, and the rest comes in`() async throws {
        let bench = try await Bench()
        let dora = try await bench.contact("dora@client.example")
        var choices = choices
        choices.existing = .update
        let id = try await begin(bench, choices)
        #expect(
            try await stage(
                bench, id,
                [
                    try line(2, "Late", "late@client.example"), try line(3, "Dora", "dora@client.example"),
                    try line(4, "Fine", "fine@client.example", account: "Gone"),
                ], choices))
        try await bench.contact("late@client.example")
        try await bench.write { tx, organization in
            let form = Bench.contactForm(["dora@client.example"], lastName: "Edited")
            try Contacts.update(tx, organization, dora, try form.validated(), now: Bench.now + 1)
        }
        try await bench.account("Gone")
        try await finish(bench, id)
        #expect(try await names(bench) == ["Edited", "Fine", "late@client.example"])
        let problems = try await bench.read { try ImportProblems.list($0, $1, id, limit: 9) }
        #expect(problems.map(\.line) == [2, 3])
        #expect(try await bench.database.count("accounts") == 1)
    }

    @Test func `an import that was cancelled or interrupted leaves nothing and may begin anew`() async throws {
        let bench = try await Bench()
        let id = try await begin(bench, choices)
        #expect(try await stage(bench, id, [try line(2, "A", "a@x.example", account: "X")]))
        let end = Bench.now + ContactImports.lease
        let interrupted = try await bench.write { tx, _ in try ContactImports.interrupt(tx, now: end) }
        #expect(interrupted == [id])
        #expect(try await stage(bench, id, [try line(3, "B", "b@x.example")]) == false)
        #expect(try await finish(bench, id) == false)
        let left = try await bench.read { tx, _ in try ContactImports.leftovers(tx).map(\.1) }
        #expect(left == [id])
        while try await bench.write({ try ImportStaging.clear($0, $1, id, limit: 1) }) {}
        let rest = try await bench.read { tx, _ in try ContactImports.leftovers(tx).map(\.1) }
        #expect(rest == [])
        #expect(try await names(bench) == [])
        let again = try await bench.write { [ann = bench.ann, choices] tx, organization in
            let isWaiting = try ContactImports.enqueue(tx, organization, of: ann, id, choices)
            let begun = try ContactImports.begin(tx, now: Bench.now)?.1.id
            let first = try ContactImports.cancel(tx, organization, of: ann, id, now: 9)
            return [isWaiting, begun == id, first, try !ContactImports.cancel(tx, organization, of: ann, id, now: 9)]
        }
        #expect(again == [true, true, true, true])
        #expect(try await finish(bench, id) == false)
        #expect(try await found(bench, id).state == .cancelled)
    }

    @Test func `an import is seen by nobody else, and another organisation's contacts stay as they are`() async throws {
        let bench = try await Bench()
        let other = try await bench.database.write { tx in
            let other = try Organizations.create(tx, name: "Other", ownDomains: [], now: 1)
            _ = try Bench.user(tx, other, "Zed")
            _ = try Contacts.create(tx, other, try Bench.contactForm(["carol@client.example"]).validated(), now: 1)
            return other
        }
        var choices = choices
        choices.existing = .update
        let id = try await begin(bench, choices)
        #expect(try await stage(bench, id, [try line(2, "Mine", "carol@client.example")], choices))
        try await finish(bench, id)
        let theirs = try await bench.database.read { try ContactList.page($0, other, limit: 9).elements.map(\.name) }
        #expect(theirs == ["carol@client.example"])
        #expect(try await names(bench) == ["Mine"])
        let bobs = try await bench.read { [bob = bench.bob] in try ContactImports.find($0, $1, of: bob, id) }
        #expect(bobs == nil)
    }

    @Test func `old imports go with all that belongs to them`() async throws {
        let bench = try await Bench()
        let id = try await begin(bench, choices)
        try await bench.write { try ContactImports.add($0, $1, id, piece: [1, 2], position: 0) }
        try await bench.write { [choices] in
            _ = try ImportStaging.stage(
                $0, $1, id, attempt: 1, [], [ImportProblem(line: 1, reason: "r", cells: [])], choices, progress: 0,
                now: Bench.now)
        }
        try await finish(bench, id)
        try await bench.write { tx, _ in try ContactImports.prune(tx, now: Bench.now + ContactImports.retention) }
        #expect(try await bench.database.count("imports") == 1)
        try await bench.write { tx, _ in try ContactImports.prune(tx, now: Bench.now + ContactImports.retention + 1) }
        for table in ["imports", "import_pieces", "import_problems"] {
            #expect(try await bench.database.count(table) == 0, "\(table)")
        }
    }

    @Test func `ids that were set aside are given to no other row`() async throws {
        let bench = try await Bench()
        let (first, made, second) = try await bench.write { tx, organization in
            let first = try tx.reserveIDs(of: "contacts", count: 3)
            let made = try Contacts.create(tx, organization, try Bench.contactForm(["a@x.example"]).validated(), now: 1)
            return (first, made, try tx.reserveIDs(of: "contacts", count: 2))
        }
        #expect(first == [1, 2, 3] && made == 4 && second == [5, 6])
    }
}
