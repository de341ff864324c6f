import CRM
import Database
import DatabaseSQLite
import Mirror
import Store
import Testing

/// What the store's own statements cost in a large organisation: each is recorded as it is run, and its plan looked at.
@Suite struct QueryPlanTests {
    /// Tables that have a row for each message, contact, change or record.
    private static let large = [
        "messages", "locations", "card_entries", "message_texts", "contacts", "contact_addresses", "accounts",
        "changes",
        "audit_entries", "excluded_messages", "set_asides", "activities", "activity_contacts", "calendar_outbox",
        "contact_words", "account_words", "backfills", "import_contacts", "import_addresses", "import_accounts",
        "import_problems",
    ]

    /// Statements that are meant to read all of something.
    private static let whole = [
        // The address book, kept until it changes.
        "SELECT a.address_key, a.contact_id, c.account_id",
        // A list, cut by its limit and read in order.
        "SELECT id FROM messages WHERE organization_id = $1 AND id <",
        // Rules that changed concern every excluded message, and there are few.
        "SELECT DISTINCT organization_id, folder_id, epoch, remote_id, $3",
        "DELETE FROM excluded_messages WHERE organization_id = $1 AND rule",
    ]

    private func plan(_ statement: RecordingDatabase.Statement, _ database: any Database) async throws -> [String] {
        try await database.read { tx in
            try tx.rows("EXPLAIN QUERY PLAN " + statement.sql, statement.binds) { try $0.text("detail") }
        }
    }

    /// A bench with something of everything.
    private func filled() async throws -> (Bench, RecordingDatabase, ContactID, AccountID) {
        let recording = RecordingDatabase(try SQLiteDatabase.inMemory())
        let bench = try await Bench(recording)
        let account = try await bench.account("Client")
        let contact = try await bench.contact("carol@client.example", account: account)
        _ = try await bench.exclude("@firm.example")
        try await bench.apply(
            [
                mail(1, "a", to: ["carol@client.example"]), mail(2, "b", from: "carol@client.example", answers: "a"),
                mail(3, "c", to: ["carol@client.example", "x@firm.example"]), mail(4, "d"),
            ], unreadable: [5], in: bench.inbox)
        recording.forget()
        return (bench, recording, contact, account)
    }

    @Test func `no statement of the mirror or of a card walks a large table`() async throws {
        let (bench, recording, contact, account) = try await filled()
        for purpose in [Planner.Purpose.arrival, .rescan, .search] {
            try await bench.apply(
                [mail(1, "a", to: ["carol@client.example"]), mail(9, "n\(purpose)", to: ["carol@client.example"])],
                unreadable: [7], gone: .reported([RemoteMessageID(uid: 2)], total: 1), in: bench.inbox, purpose)
        }
        let context = bench.context(bench.inbox)
        try await bench.write { [anns = bench.anns] tx, organization in
            _ = try MirrorPages.known(tx, context)
            _ = try MirrorPages.mirroredCount(tx, context, among: [RemoteMessageID(uid: 1)])
            let texts = try MessageTexts.pending(tx, organization, anns, now: 5, limit: 10)
            _ = try MessageTexts.nextRetry(tx, organization, anns, after: 5)
            try MessageTexts.postpone(tx, organization, texts, now: 5)
            for text in texts {
                try MessageTexts.record(
                    tx, organization, [.failure(text.message, reason: "BAD", attempts: 1, retryAt: 9)], now: 1)
                try MessageTexts.record(tx, organization, [.text(text.message, StoredText(fetched("Text")))], now: 1)
            }
            _ = try SetAsides.due(tx, organization, anns, now: .max)
            _ = try Orphans.exist(tx, organization, anns)
            try Orphans.settle(tx, organization, anns, before: 99, now: 1)
            _ = try Backfills.pending(tx, organization, anns, limit: 10)
        }
        for card in [Card.contact(contact), .account(account)] {
            var sent = CardFilter()
            sent.direction = .sent
            var period = CardFilter()
            (period.from, period.until) = (1, Bench.now * 2)
            for filter in [CardFilter(), sent, period] {
                for entry in try await bench.card(card, for: bench.ann, filter: filter, pageSize: 1) {
                    _ = try await bench.open(entry.message, for: bench.ann)
                }
                _ = try await bench.search("about", for: bench.ann, on: card, filter: filter, pageSize: 1)
            }
        }
        #expect(try await bench.search("about", for: bench.ann, pageSize: 1).count > 1)
        try await bench.write { try Contacts.delete($0, $1, contact, now: 1) }
        try await bench.write { [anns = bench.anns] in try Mailboxes.delete($0, $1, anns, now: 1) }

        #expect(recording.recorded.count > 40)
        var looked = 0
        for statement in recording.recorded where !Self.whole.contains(where: { statement.sql.contains($0) }) {
            for line in try await plan(statement, bench.database) {
                guard let table = Self.large.first(where: { Self.names($0, in: line) }) else { continue }
                looked += 1
                #expect(!line.hasPrefix("SCAN"), "\(table): \(statement.sql)\n\(line)")
                #expect(!line.hasSuffix("(organization_id=?)"), "\(table): \(statement.sql)\n\(line)")
            }
        }
        #expect(looked > 40)
    }

    @Test func `no statement on activities walks a large table, and lists of people are read without sorting`()
        async throws
    {
        let (bench, recording, contact, account) = try await filled()
        let (ann, day) = (bench.ann, CalendarDay(rawValue: 20_000))
        let id = try await bench.plan(Bench.valid(owner: ann, with: [contact], account: account, inCalendar: true))
        try await bench.plan(Bench.valid(owner: ann, with: [contact], account: account, inCalendar: true))
        let edited = try Bench.valid(.call, owner: bench.bob, with: [contact], inCalendar: true)
        recording.forget()
        try await bench.write { tx, organization in
            for scope in [ActivityScope.everyone, .owner(ann), .contact(contact), .account(account)] {
                _ = try ActivityList.open(tx, organization, scope, limit: 5)
                _ = try ActivityList.done(tx, organization, scope, limit: 5)
                if case .contact = scope { continue }
                if case .account = scope { continue }
                _ = try ActivityList.during(
                    tx, organization, scope, from: 0, until: 9_000, days: day...day.adding(6), limit: 5)
            }
            try Activities.update(tx, organization, id, edited, now: 1)
            try Activities.setDone(tx, organization, id, true, now: 1)
            for entry in try CalendarOutbox.waiting(tx, organization, owner: ann, limit: 5) {
                try CalendarOutbox.finish(tx, organization, entry)
            }
            try Accounts.delete(tx, organization, account, now: 1)
            try Contacts.delete(tx, organization, contact, now: 1)
            try Activities.delete(tx, organization, id, now: 1)
        }
        var looked = 0
        for statement in recording.recorded where !Self.whole.contains(where: { statement.sql.contains($0) }) {
            let lines = try await plan(statement, bench.database)
            for line in lines where Self.large.contains(where: { Self.names($0, in: line) }) {
                looked += 1
                #expect(!line.hasPrefix("SCAN"), "\(statement.sql)\n\(line)")
                #expect(!line.hasSuffix("(organization_id=?)"), "\(statement.sql)\n\(line)")
            }
            if statement.sql.contains("FROM activities t") {
                #expect(!lines.contains { $0.contains("TEMP B-TREE") }, "\(statement.sql)\n\(lines)")
            }
        }
        #expect(looked > 30)
    }

    @Test func `an import looks up its lines one by one and walks only itself`() async throws {
        let (bench, recording, _, _) = try await filled()
        try await bench.write { [ann = bench.ann] tx, organization in
            let choices = ImportChoices(columns: [], hasHeader: true, existing: .update, owner: nil)
            let id = try ContactImports.create(tx, organization, by: ann, fileName: "a", kind: "csv", size: 1, now: 1)
            _ = try ContactImports.enqueue(tx, organization, of: ann, id, choices)
            _ = try ContactImports.begin(tx, now: 1)
            var lines = try [(1, "carol@client.example"), (2, "new@client.example")].map { number, address in
                var company = AccountForm()
                company.name = "Other"
                return ImportLine(
                    line: number, cells: [], contact: try Bench.contactForm([address]).validated(),
                    account: try company.validated())
            }
            var nameless = ContactForm()
            nameless.lastName = "carol@client.example"
            lines.append(ImportLine(line: 3, cells: [], contact: try nameless.validated(), account: nil))
            _ = try ImportStaging.stage(
                tx, organization, id, attempt: 1, lines, [], choices, progress: 1, now: 1)
            _ = try ImportSwitch.finish(tx, organization, id, attempt: 1, by: ann, now: 9)
            _ = try ImportProblems.list(tx, organization, id, limit: 9)
            _ = try ImportStaging.clear(tx, organization, id)
        }
        for statement in recording.recorded {
            for line in try await plan(statement, bench.database) {
                guard let table = Self.large.first(where: { Self.names($0, in: line) }) else { continue }
                #expect(!line.hasPrefix("SCAN"), "\(table): \(statement.sql)\n\(line)")
                #expect(!line.hasSuffix("(organization_id=?)"), "\(table): \(statement.sql)\n\(line)")
            }
        }
    }

    @Test func `lists of contacts and accounts are walked along an index of their order, or sort what few they have`()
        async throws
    {
        let (bench, recording, _, account) = try await filled()
        let owners: [OwnerFilter?] = [nil, .nobody, .user(bench.ann)]
        for column in ListOrder.Column.allCases {
            for order in [ListOrder(column), ListOrder(column, isDescending: true)] {
                for owner in owners {
                    for query in ["", "carol", "carol client"] {
                        try await bench.write { tx, organization in
                            var filter = ContactFilter(query: query)
                            var accounts = AccountFilter(query: query)
                            (filter.owner, accounts.owner) = (owner, owner)
                            var key: ListKey?
                            repeat {
                                let page = try ContactList.page(
                                    tx, organization, filter, by: order, after: key, limit: 1)
                                key = page.next
                            } while key != nil
                            _ = try Accounts.list(tx, organization, accounts, by: order, limit: 1)
                            filter.account = account
                            _ = try ContactList.page(tx, organization, filter, by: order, limit: 1)
                        }
                    }
                }
            }
        }
        var walked = 0
        for statement in recording.recorded {
            let lines = try await plan(statement, bench.database)
            for line in lines where Self.large.contains(where: { Self.names($0, in: line) }) {
                #expect(!line.hasPrefix("SCAN"), "\(statement.sql)\n\(line)")
            }
            // What few there are is sorted, and so are the contacts of one account.
            guard statement.sql.contains("ORDER BY c.") || statement.sql.contains("ORDER BY a."),
                !statement.sql.contains(") k "), !statement.sql.contains("c.account_id = $")
            else { continue }
            walked += 1
            #expect(!lines.contains { $0.contains("TEMP B-TREE") }, "\(statement.sql)\n\(lines)")
            if statement.sql.contains("owner_id"), !statement.sql.contains("a.sort_key, a.id, c.sort_key") {
                #expect(lines.contains { $0.contains("of_owner") }, "\(statement.sql)\n\(lines)")
            }
        }
        #expect(walked > 20)
    }

    @Test func `a page of a card is read along an index, without sorting`() async throws {
        let (bench, recording, contact, account) = try await filled()
        _ = try await bench.card(.contact(contact), for: bench.ann, pageSize: 1)
        _ = try await bench.card(.account(account), for: bench.ann, pageSize: 1)
        let pages = recording.recorded.filter { $0.sql.contains("FROM card_entries") && $0.sql.contains("ORDER BY") }
        #expect(pages.count == 2)
        for page in pages {
            let lines = try await plan(page, bench.database)
            #expect(!lines.contains { $0.contains("TEMP B-TREE") }, "\(lines)")
            let column = page.sql.contains("account_id = ") ? "account_id" : "contact_id"
            #expect(lines.contains { $0.contains("\(column)=? AND mailbox_id=? AND ") }, "\(lines)")
        }
    }

    @Test func `what a search finds is walked in the order of the index, each row looked up by its message`()
        async throws
    {
        let (bench, recording, _, _) = try await filled()
        _ = try await bench.search("about", for: bench.ann, pageSize: 1)
        let walks = recording.recorded.filter { $0.sql.contains("FROM message_search f") }
        #expect(!walks.isEmpty)
        for walk in walks {
            let lines = try await plan(walk, bench.database)
            #expect(!lines.contains { $0.contains("TEMP B-TREE") }, "\(lines)")
            #expect(lines.first?.hasPrefix("SCAN f VIRTUAL TABLE INDEX") == true, "\(lines)")
            #expect(
                lines.contains { $0.contains("card_entries_by_message (organization_id=? AND message_id=?") },
                "\(lines)")
        }
        // What was found is looked up in the view behind the index by its number.
        let behind = try await bench.database.read { tx in
            try tx.rows("EXPLAIN QUERY PLAN SELECT subject, body FROM message_search_rows T WHERE T.id = 1") {
                try $0.text("detail")
            }
        }
        #expect(behind.first?.contains("USING INDEX messages_by_search_key (<expr>=?)") == true, "\(behind)")
    }

    /// `SEARCH messages USING …`, `SCAN m`: by the table's name, or by the alias that the store gives it.
    private static func names(_ table: String, in line: String) -> Bool {
        let word = line.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        let aliases = [
            "messages": "m", "locations": "l", "card_entries": "e", "contacts": "c", "set_asides": "s",
            "activities": "t", "contact_words": "w", "account_words": "w", "accounts": "a",
        ]
        return word == table || word == aliases[table]
    }
}
