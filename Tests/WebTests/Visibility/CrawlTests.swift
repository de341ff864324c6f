import CRM
import Database
import Mirror
import Store
import Testing

@testable import Web

/// One word stands in one mailbox only. Whoever follows all links of the pages finds exactly the words of the mailboxes
/// that they may read (product, section 4).
@Suite struct CrawlTests {
    /// A word that is in no text of the product.
    private func word(_ owner: UserID) -> String { "quixotic\(owner)zephyr" }

    /// Puts a letter from a contact into a mailbox; its subject, text and attachment hold a word.
    private func plant(_ bench: WebBench, _ user: User, _ number: Int) async throws {
        let mailbox = try await bench.addMailbox(of: String(user.email.prefix { $0 != "@" }))
        let word = word(user.id)
        func header(_ local: String, _ domain: String) -> HeaderAddress {
            HeaderAddress(name: nil, localPart: Array(local.utf8), domain: Array(domain.utf8))
        }
        let fact = MessageFact(
            id: RemoteMessageID("1"), stableID: nil, internalDate: 1_789_000_000 + Int64(number), size: 1_000,
            headers: MessageHeaders(
                from: [header("a.marsh", "brightwell.example")], to: [header("x", "aldermoor.example")],
                bcc: [header("bcc\(word)", "aldermoor.example")], subject: Array("Subject \(word)".utf8),
                messageID: Array("<\(number)@planted>".utf8)))
        try await bench.write { tx, organization in
            let remote = RemoteFolder(
                id: "INBOX", path: "INBOX", name: "Inbox", role: .inbox, epoch: FolderEpoch("1"), snapshot: nil)
            let folder = try Folders.upsert(tx, organization, mailbox, remote)
            let context = PageContext(
                organization: organization, mailbox: mailbox, folder: folder, epoch: FolderEpoch("1"),
                purpose: .rescan, pass: 1)
            let book = try AddressBooks.current(tx, organization, known: .none)
            let page = ChangePage(
                present: [fact], listed: 1, processed: 1, isScanComplete: true, checkpoint: Checkpoint(bytes: []))
            _ = try MirrorPages.apply(
                tx, context, DecidedPage(page, by: book.addressBook), by: book, now: 1_790_000_000)
            for text in try MessageTexts.pending(tx, organization, mailbox, now: 1_790_000_000, limit: 10) {
                let fetched = FetchedText(
                    text: "The text \(word).", isTruncated: false, attachments: [], references: [])
                try MessageTexts.record(
                    tx, organization, [.text(text.message, StoredText(fetched))], now: 1_790_000_000)
            }
        }
    }

    /// All that the pages say which can be reached from the first one, and from a search for the words.
    private func crawl(_ browser: TestBrowser, _ words: [String]) async throws -> String {
        var text = ""
        var waiting = ["/contacts", "/accounts", "/settings/mailbox"] + words.map { "/search?q=\($0)" }
        var seen: Set<String> = []
        while let next = waiting.popLast(), seen.count < 1_500 {
            let path = String(next.prefix { $0 != "#" })
            // There is always another week.
            guard path.hasPrefix("/"), !path.hasPrefix("/assets/"), !path.contains("week="), seen.insert(path).inserted
            else { continue }
            let page = try await browser.get(path)
            // A search names what was searched for, and no more than that word of what it did not find.
            let asked = path.firstMatch(of: /q=([^&]*)/).map { String($0.output.1) }
            text += asked.map { page.text.replacing("“\($0)”", with: "").replacing("\"\($0)\"", with: "") } ?? page.text
            waiting += page.links
        }
        #expect(seen.count > 30 && seen.count < 1_500, "\(seen.count) pages")
        return text
    }

    @Test func `each user finds the words of the mailboxes that they may read, and no other`() async throws {
        let bench = try await WebBench()
        let people = try await bench.read { try Users.list($0, $1) }
        let levels: [String: VisibilityLevel] = [
            "eleanor.whitfield": .below, "marc.delacroix": .belowAndEquals, "priya.raman": .belowEqualsAndTheirs,
            "camille.fournier": .own, "julien.moreau": .belowAndEquals, "tom.ashworth": .below,
            "ingrid.solheim": .everyone, "daniel.okafor": .belowEqualsAndTheirs,
        ]
        let tom = try await bench.user("tom.ashworth").id
        try await bench.write { tx, organization in
            for person in people {
                let level = levels[String(person.email.prefix { $0 != "@" })] ?? .own
                try Users.setLevel(tx, organization, person.id, level, now: 1)
            }
            var form = UserForm()
            (form.name, form.email) = ("Enquiries", "enquiries@aldermoor.example")
            _ = try Users.createSeat(tx, organization, try form.validated(), of: tom, now: 1)
        }
        let owners = try await bench.read { try Users.list($0, $1) }
        for (number, owner) in owners.enumerated() { try await plant(bench, owner, number) }
        // Julien leaves; his mail stays with those above him. Camille hides her only conversation.
        let (julien, camille) = (try await bench.user("julien.moreau"), try await bench.user("camille.fournier"))
        try await bench.write { tx, organization in
            try Users.setActive(tx, organization, julien.id, false, now: 1)
            let mailbox = try #require(try Mailboxes.ofUser(tx, organization, camille.id)).id
            let message = StoredMessageID(
                try tx.integer("SELECT id FROM messages WHERE mailbox_id = $1", [.integer(mailbox.rawValue)]))
            _ = try HiddenConversations.hide(tx, organization, message, in: mailbox, now: 1)
        }
        let hierarchy = try await bench.read { try Users.hierarchy($0, $1) }
        for viewer in owners where viewer.person == nil && viewer.id != julien.id {
            let seen = Set(
                Visibility.visibleMailboxOwners(viewer: viewer.id, in: hierarchy, mailboxOwners: owners.map(\.id))
                    .owners)
            let expected = viewer.id == camille.id ? seen : seen.subtracting([camille.id])
            try await bench.browse(as: String(viewer.email.prefix { $0 != "@" })) { browser in
                let text = try await crawl(browser, owners.map { word($0.id) })
                let found = Set(owners.map(\.id).filter { text.contains("Subject \(word($0))") })
                let read = Set(owners.map(\.id).filter { text.contains("The text \(word($0))") })
                let copied = Set(owners.map(\.id).filter { text.contains("bcc\(word($0))@") })
                #expect(found == expected, "\(viewer.name)")
                #expect(read == expected && copied == expected, "\(viewer.name)")
                let leaked = owners.map(\.id).filter { !expected.contains($0) && text.contains(word($0)) }
                #expect(leaked.isEmpty, "\(viewer.name)")
            }
        }
    }

    @Test func `contacts are narrowed by the emails that the viewer may read, and by no others`() async throws {
        let bench = try await WebBench()
        let people = try await bench.read { try Users.list($0, $1) }
        try await bench.write { tx, organization in
            for person in people { try Users.setLevel(tx, organization, person.id, .own, now: 1) }
        }
        try await plant(bench, try await bench.user("ingrid.solheim"), 1)
        for (name, sees) in [("ingrid.solheim", true), ("eleanor.whitfield", false)] {
            try await bench.browse(as: name) { (browser) async throws in
                for (choice, isThere) in [
                    ("some", true), ("30", true), ("90", true), ("none", false), ("quiet-30", false),
                    ("quiet-90", false),
                ] {
                    let list = try await browser.get("/contacts?q=marsh&emails=" + choice)
                    #expect(list.words.contains("Alice Marsh") == (isThere == sees), "\(name) \(choice)")
                    let file = try await browser.post(
                        "/contacts/export", ["format": "vcard", "q": "marsh", "emails": choice])
                    #expect(file.text.contains("Marsh") == (isThere == sees), "\(name) \(choice)")
                }
            }
        }
    }
}
