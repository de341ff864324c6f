import CRM
import Database
import Mirror
import Store
import Testing

@testable import Web

/// A level that gives more than 25 mailboxes (product, section 4): the nearest 25, or those that an administrator chose,
/// on every surface; and the pages say how many are left out.
@Suite struct ManyMailboxTests {
    /// The viewer with a mailbox of her own, and below her 20 people with 10 more below the first of those: 31 mailboxes,
    /// of which 6 are left out. Those who are further away are, though their names come first; of them the last by name.
    private struct Company {
        let bench: WebBench
        let viewer: UserID
        let users: [String: UserID]
        let mailboxes: [String: MailboxID]
        let alice: ContactID
        let account: AccountID

        static let near = (10..<30).map { "near\($0)" }
        static let far = (10..<20).map { "afar\($0)" }
        static let seen = ["eve"] + near + far.prefix(4)
        static let leftOut = Array(far.dropFirst(4))
        static let client = "alice@client.example"

        static func word(_ owner: String) -> String { owner + PlantedWords.ending }

        init() async throws {
            let bench = try await WebBench(withSampleCompany: false)
            let hash = try PasswordHash(cost: WebBench.cost).make(Secret(SampleCompany.password))
            self.bench = bench
            (users, alice, account) = try await bench.database.write { tx in
                let organization = try Organizations.create(tx, name: "Many", ownDomains: [], now: 1)
                var users: [String: UserID] = [:]
                func add(_ name: String, _ place: Place, isAdministrator: Bool = false) throws {
                    var form = UserForm()
                    (form.name, form.email) = (name, name + "@" + SampleCompany.domain)
                    users[name] = try Users.create(
                        tx, organization, try form.validated(), passwordHash: hash, isAdministrator: isAdministrator,
                        place: place, level: .below, now: 1)
                }
                try add("eve", .top)
                try add("admin", .outside, isAdministrator: true)
                for name in Self.near { try add(name, .below(users["eve"]!)) }
                for name in Self.far { try add(name, .below(users[Self.near[0]]!)) }
                let account = try PlantedCompany.account(tx, organization, "Client")
                let alice = try PlantedCompany.contact(tx, organization, "Alice", Self.client, account)
                return (users, alice, account)
            }
            viewer = users["eve"]!
            var mailboxes: [String: MailboxID] = [:]
            for name in ["eve"] + Self.near + Self.far {
                let mailbox = try await bench.addMailbox(of: name)
                mailboxes[name] = mailbox
                try await bench.plant(
                    [
                        PlantedLetter(
                            id: name, from: Self.client, to: [name + "@x.example"], subject: "To \(Self.word(name))",
                            text: "Text \(Self.word(name))")
                    ], in: mailbox)
            }
            self.mailboxes = mailboxes
        }

        /// What the viewer finds everywhere.
        func expect(_ seen: [String], but leftOut: [String], _ comment: Comment) async throws {
            let messages = try await bench.read { tx, _ in
                try tx.rows("SELECT id FROM messages", []) { try $0.integer(0) }
            }
            let bench = bench
            let topics: [LiveTopic] = [.contact(alice), .account(account), .emails]
            let (alice, account, users, mailboxes) = (alice, account, users, mailboxes)
            try await bench.browse(as: "eve") { browser in
                let words = Set(seen.map(Self.word))
                for card in ["/contacts/\(alice)", "/accounts/\(account)"] {
                    var crawler = Crawler(browser)
                    let page = try await browser.get(card)
                    crawler.read(page)
                    #expect(
                        page.words.contains(
                            "6 more mailboxes that you may read are not shown: one person sees at most 25."), comment)
                    for link in page.links where link.contains("before=") { crawler.read(try await browser.get(link)) }
                    #expect(crawler.words == words, comment)
                }
                var opened = Crawler(browser)
                for message in messages { opened.read(try await browser.send(.get, "/messages/\(message)")) }
                #expect(opened.words == words, comment)
                for (owners, isSeen) in [(seen, true), (leftOut, false)] {
                    for owner in owners {
                        let found = try await browser.get("/search?q=" + Self.word(owner))
                        #expect(found.text.contains("<li class=\"email\"") == isSeen, comment)
                        #expect(found.words.contains("6 more mailboxes that you may read are not searched"), comment)
                        let narrowed = try await browser.get("/contacts/\(alice)?colleague=\(users[owner]!)")
                        #expect(narrowed.text.contains(Self.word(owner)) == isSeen, comment)
                    }
                }
                // Open pages, and those that come back.
                let token = try #require(browser.cookie(Cookies.session))
                let now = bench.time.now
                let viewer = try #require(
                    try await bench.database.read { try Viewer.find($0, token: token, now: now) })
                for topic in topics {
                    let news = LiveNews(web: bench.front.services, token: token, viewer: viewer, topic: topic)
                    for (owners, isSeen) in [(seen, true), (leftOut, false)] {
                        for owner in owners {
                            let change = Change(
                                organization: bench.organization, contact: alice, account: account,
                                mailbox: mailboxes[owner])
                            let since = try await bench.read { tx, _ in try Changes.last(tx) }
                            try await bench.write { tx, _ in try Changes.append(tx, change, now: 1) }
                            let mark = try bench.front.services.marks.mark(since)
                            for answer in [try await news.of([change]), try await news.since(mark)] {
                                let isTold = if case .changed = answer { true } else { false }
                                #expect(isTold == isSeen, comment)
                            }
                        }
                    }
                }
            }
            try await bench.browse(as: "admin") { browser in
                let page = try await browser.get("/settings/hierarchy?user=\(users["eve"]!)")
                #expect(page.words.contains("6 mailboxes are left out"), comment)
            }
        }
    }

    @Test func `the nearest 25 are seen on every surface, and no more`() async throws {
        let company = try await Company()
        let visible = try await company.bench.read { [viewer = company.viewer] in
            try VisibleMailboxes.of($0, $1, viewer: viewer)
        }
        // Own first, then by distance, then by name.
        #expect(visible.mailboxes.map(\.ownerName) == Company.seen)
        #expect(visible.omitted.map(\.ownerName) == Company.leftOut)
        try await company.expect(Company.seen, but: Company.leftOut, "the nearest")
    }

    @Test func `those that an administrator chose are seen instead, at once, on every surface`() async throws {
        let company = try await Company()
        let chosen = Array(Company.leftOut.prefix(3))
        try await company.bench.browse(as: "admin") { browser in
            try await browser.get("/settings/hierarchy?user=\(company.viewer)")
            let body = "csrf=\(browser.csrf)&" + chosen.map { "owner=\(company.users[$0]!)" }.joined(separator: "&")
            let saved = try await browser.send(
                .post, "/settings/hierarchy/\(company.viewer)/choice", body: body)
            #expect(saved.status == .seeOther)
        }
        // The places of those who are furthest away.
        let displaced = Company.seen.suffix(3)
        try await company.expect(
            Array(Company.seen.dropLast(3)) + chosen, but: Array(displaced) + Array(Company.leftOut.dropFirst(3)),
            "chosen")
    }

    @Test func `a filter on the list of contacts does not tell of mail in mailboxes that are left out`() async throws {
        let company = try await Company()
        try await company.bench.write { tx, organization in
            _ = try PlantedCompany.contact(tx, organization, "Zoe", "zoe@client.example", nil)
        }
        func plant(_ owner: String) async throws {
            try await company.bench.plant(
                [PlantedLetter(id: "z\(owner)", from: "zoe@client.example", to: ["x@y.example"], subject: "Z")],
                in: company.mailboxes[owner]!)
        }
        for (owner, isSeen) in [(Company.leftOut[0], false), (Company.seen[3], true)] {
            try await plant(owner)
            try await company.bench.browse(as: "eve") { browser in
                #expect(try await browser.get("/contacts?emails=some").words.contains("Zoe") == isSeen)
                #expect(try await browser.get("/contacts?emails=none").words.contains("Zoe") != isSeen)
                try await browser.get("/contacts/export")
                let file = try await browser.post("/contacts/export", ["format": "csv", "q": "", "emails": "some"])
                #expect(file.text.contains("Zoe") == isSeen)
            }
        }
    }
}
