import CRM
import Database
import HTTPTypes
import Store
import Testing

@testable import Web

/// Each level at each position of the ``PlantedCompany``: on no surface a word of a mailbox that the viewer may not
/// read, and each word of those that they may (product, section 4).
@Suite struct VisibilityMatrixTests {
    typealias Spot = PlantedCompany.Spot

    /// The words that a viewer must find; no other may be found.
    private func expected(_ viewer: String, _ sees: Set<String>) -> Set<String> {
        let own = DrawnSight.of(viewer, .own, .sameDepth)
        return Set(
            sees.flatMap { owner in
                Spot.allCases.filter { spot in
                    if spot.isNowhere { return false }
                    if spot.isHidden { return own.contains(owner) && PlantedCompany.hiding.contains(owner) }
                    return true
                }.map { PlantedCompany.word($0, owner) }
            })
    }

    private func expect(_ words: Set<String>, _ viewer: String, _ sees: Set<String>, _ comment: String) {
        let expected = expected(viewer, sees)
        #expect(words.subtracting(expected).isEmpty, "\(viewer), \(comment): leaked")
        #expect(expected.subtracting(words).isEmpty, "\(viewer), \(comment): not found")
    }

    @Test(arguments: VisibilityLevel.allCases)
    func `whoever follows every link finds the words of the mailboxes that they may read, and no other`(
        level: VisibilityLevel
    ) async throws {
        let company = try await PlantedCompany()
        try await company.setLevels(level)
        let searched: [Spot] = [.subject, .sharedText, .hidden, .hiddenLater, .excluded, .blind]
        // Each position at one level, at least; the test below has every one at every level.
        for (place, viewer) in PlantedCompany.viewers.enumerated() where (place + level.rawValue) % 3 == 0 {
            // For one kind of word of each mailbox, so that all viewers together search for each of them.
            let searches = PlantedCompany.owners.enumerated().map { number, owner in
                "/search?q=" + PlantedCompany.word(searched[(number + place) % searched.count], owner)
            }
            try await company.bench.browse(as: viewer) { browser in
                var crawler = Crawler(browser)
                try await crawler.crawl(from: ["/contacts", "/accounts", "/tasks", "/settings/mailbox"] + searches)
                #expect(crawler.pages > 100)
                expect(
                    crawler.words, viewer, DrawnSight.of(viewer, level, .sameDepth),
                    "level \(level.rawValue), \(crawler.pages) pages")
            }
        }
    }

    /// Without following links: what someone finds who knows the addresses and guesses the numbers.
    /// The rule for equals plays a part at two levels only.
    private static let rules: [(VisibilityLevel, EqualsRule)] =
        VisibilityLevel.allCases.map { ($0, .sameDepth) }
        + [(.belowAndEquals, .sameSuperior), (.belowEqualsAndTheirs, .sameSuperior)]

    @Test(arguments: rules)
    func `addresses that are guessed show no more, and search and filters no less`(
        level: VisibilityLevel, rule: EqualsRule
    ) async throws {
        let company = try await PlantedCompany()
        try await company.setLevels(level, rule)
        let messages = try await company.bench.read { tx, organization in
            try tx.rows("SELECT id FROM messages", []) { try $0.integer(0) }
        }
        for viewer in PlantedCompany.viewers {
            let sees = DrawnSight.of(viewer, level, rule)
            try await company.bench.browse(as: viewer) { browser in
                var crawler = Crawler(browser)
                for message in messages { crawler.read(try await browser.send(.get, "/messages/\(message)")) }
                let searches = ["/search", "/contacts/\(company.alice)", "/accounts/\(company.account)"]
                for (place, owner) in PlantedCompany.owners.enumerated() {
                    let word = PlantedCompany.word(.sharedText, owner)
                    let found = try await browser.send(.get, "\(searches[place % 3])?q=\(word)")
                    #expect(found.text.contains("<li class=\"email\"") == sees.contains(owner), "\(found.path)")
                    crawler.read(found, asked: word)
                    // The colleague's mailbox alone; where it may not be read the filter is passed over.
                    let narrowed = try await browser.send(
                        .get, "/contacts/\(company.alice)?colleague=\(company.users[owner]!)")
                    #expect(narrowed.text.contains(PlantedCompany.word(.subject, owner)) == sees.contains(owner))
                    crawler.read(narrowed)
                }
                // Bcc is not searched at all.
                let blind = PlantedCompany.word(.blind, try #require(PlantedCompany.owners.first))
                #expect(try await !browser.send(.get, "/search?q=" + blind).text.contains("<li class=\"email\""))
                for card in ["/contacts/\(company.carl)", "/contacts/\(company.carl)?direction=sent"] {
                    crawler.read(try await browser.send(.get, card))
                }
                expect(crawler.words, viewer, sees, "level \(level.rawValue), \(rule)")
            }
        }
    }

    @Test(arguments: VisibilityLevel.allCases)
    func `open pages, and those that come back, hear of mail that they may read, and of hidden mail of their own`(
        level: VisibilityLevel
    ) async throws {
        let company = try await PlantedCompany()
        try await company.setLevels(level)
        let bench = company.bench
        let pages = OpenPages()
        for viewer in PlantedCompany.viewers {
            try await bench.browse(as: viewer) { browser in
                let token = try #require(browser.cookie(Cookies.session))
                let now = bench.time.now
                let found = try await bench.database.read { try Viewer.find($0, token: token, now: now) }
                await pages.add(viewer, token, try #require(found))
            }
        }
        for owner in PlantedCompany.owners {
            for isHidden in [false, true] {
                let change = Change(
                    organization: bench.organization, contact: company.alice, account: company.account,
                    mailbox: company.mailboxes[owner], isHidden: isHidden)
                let last = try await bench.write { tx, _ in
                    let last = try Changes.last(tx)
                    try Changes.append(tx, change, now: 1)
                    return last
                }
                let mark = try bench.front.services.marks.mark(last)
                for (viewer, token, person) in await pages.all {
                    func news(_ topic: LiveTopic) -> LiveNews {
                        LiveNews(web: bench.front.services, token: token, viewer: person, topic: topic)
                    }
                    // Who listens, and who was away and comes back with the mark of before.
                    let answers = [
                        try await news(.contact(company.alice)).of([change]),
                        try await news(.account(company.account)).of([change]),
                        try await news(.contact(company.alice)).since(mark), try await news(.emails).since(mark),
                    ]
                    let sees = DrawnSight.of(viewer, isHidden ? .own : level, .sameDepth).contains(owner)
                    for (place, answer) in answers.enumerated() {
                        let isTold = if case .changed = answer { true } else { false }
                        #expect(
                            isTold == sees,
                            "\(viewer), level \(level.rawValue), \(owner), hidden: \(isHidden), answer \(place)")
                    }
                }
            }
        }
    }

    @Test func `exports hold no word of any mail`() async throws {
        let company = try await PlantedCompany()
        try await company.setLevels(.everyone)
        try await company.bench.browse(as: "ada") { browser in
            var crawler = Crawler(browser)
            for format in ["csv", "vcard"] {
                try await browser.get("/contacts/export")
                let file = try await browser.post("/contacts/export", ["format": format, "q": ""])
                #expect(
                    file.text.contains("Alice") && file.headers[.contentDisposition]?.hasPrefix("attachment") == true)
                crawler.read(file)
            }
            #expect(crawler.words.isEmpty)
        }
    }

    @Test func `who left and a sync-only user cannot sign in`() async throws {
        let company = try await PlantedCompany()
        for name in PlantedCompany.left + PlantedCompany.seats.map(\.0) {
            try await company.bench.browse { browser in
                try await browser.get("/sign-in")
                let answer = try await browser.post(
                    "/sign-in", ["email": "\(name)@\(PlantedCompany.domain)", "password": SampleCompany.password])
                #expect(answer.status == .unprocessableContent, "\(name)")
                #expect(browser.cookie(Cookies.session) == nil)
            }
        }
    }
}

private actor OpenPages {
    private(set) var all: [(viewer: String, token: String, person: Viewer)] = []
    func add(_ viewer: String, _ token: String, _ person: Viewer) { all.append((viewer, token, person)) }
}
