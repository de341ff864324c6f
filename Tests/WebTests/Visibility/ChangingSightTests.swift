import CRM
import Database
import HTTPTypes
import Store
import Testing

@testable import Web

/// A change of level, hierarchy or employment, of mailboxes and of what is hidden takes effect at once, on open pages too
/// (product, section 4). Each is made by the form that people use.
@Suite struct ChangingSightTests {
    /// a1 looks at Alice's card, at a search and at a message of a11; the administrator "out" changes something.
    private func watch(
        before: Bool, after: Bool, of owner: String = "a11",
        _ change: @escaping @Sendable (PlantedCompany, TestBrowser) async throws -> Void
    ) async throws {
        let company = try await PlantedCompany()
        try await company.setLevels(.below)
        let bench = company.bench
        let subject = PlantedCompany.word(.subject, owner)
        let message = try await bench.read { tx, _ in
            try tx.integer("SELECT id FROM messages WHERE subject LIKE $1", [.text("%\(subject)")])
        }
        let pages = ["/contacts/\(company.alice)", "/accounts/\(company.account)", "/search?q=\(subject)"]
        try await bench.browse(as: "a1") { viewer in
            @Sendable func expectSeen(_ isSeen: Bool) async throws {
                for page in pages {
                    var crawler = Crawler(viewer)
                    crawler.read(try await viewer.send(.get, page), asked: subject)
                    #expect(crawler.words.contains(subject) == isSeen, "\(page)")
                }
                #expect(try await viewer.send(.get, "/messages/\(message)").status == (isSeen ? .ok : .notFound))
            }
            try await expectSeen(before)
            try await bench.listen(with: viewer, .contact(company.alice)) { (card) async throws in
                try await card.begin()
                // The stream of a search and of a message.
                try await bench.listen(with: viewer, .emails) { (emails) async throws in
                    try await emails.begin()
                    try await bench.browse(as: "out") { admin in
                        try await admin.get("/settings/profile")
                        try await change(company, admin)
                    }
                    for events in [card, emails] { #expect(try await events.next().contains("event: changed")) }
                }
            }
            try await expectSeen(after)
            // Who was away meanwhile is told too.
            try await bench.listen(with: viewer, .emails, since: 1) { (events) async throws in
                #expect(try await events.next().contains("event: changed"))
            }
        }
    }

    private static func save(
        _ admin: TestBrowser, _ company: PlantedCompany, _ name: String, place: String, level: Int, active: Bool = true
    ) async throws {
        let user = company.users[name]!
        let address = "\(name)@\(PlantedCompany.domain)"
        let fields: KeyValuePairs =
            active
            ? [
                "name": name, "email": address, "place": place, "level": "\(level)", "active": "1",
                "administrator": "1",
            ]
            : ["name": name, "email": address, "place": place, "level": "\(level)"]
        #expect(try await admin.post("/settings/users/\(user)", fields).status == .ok)
    }

    @Test func `a level that is lowered`() async throws {
        try await watch(before: true, after: false) { company, admin in
            try await Self.save(admin, company, "a1", place: "\(company.users["ada"]!)", level: 0)
        }
    }

    @Test func `a level that is raised`() async throws {
        try await watch(before: false, after: true, of: "b1") { company, admin in
            try await Self.save(admin, company, "a1", place: "\(company.users["ada"]!)", level: 2)
        }
    }

    @Test func `a colleague who moves elsewhere in the hierarchy, and one who comes`() async throws {
        try await watch(before: true, after: false) { company, admin in
            try await Self.save(admin, company, "a11", place: "\(company.users["bob"]!)", level: 1)
        }
        try await watch(before: false, after: true, of: "b111") { company, admin in
            try await Self.save(admin, company, "b11", place: "\(company.users["a11"]!)", level: 1)
        }
        try await watch(before: true, after: false, of: "a111") { company, admin in
            try await Self.save(admin, company, "a11", place: "outside", level: 1)
        }
    }

    @Test func `the viewer who moves`() async throws {
        try await watch(before: true, after: false) { company, admin in
            try await Self.save(admin, company, "a1", place: "outside", level: 1)
        }
    }

    @Test func `a colleague who leaves stays readable by those who could`() async throws {
        try await watch(before: true, after: true) { company, admin in
            try await Self.save(
                admin, company, "a11", place: "\(company.users["a1"]!)", level: 1, active: false)
        }
    }

    @Test func `a mailbox that is disconnected`() async throws {
        try await watch(before: true, after: false) { company, _ in
            try await company.bench.browse(as: "a11") { owner in
                try await owner.get("/settings/mailbox/disconnect")
                #expect(try await owner.post("/settings/mailbox/disconnect").status == .ok)
            }
        }
        try await watch(before: true, after: false, of: "a11s") { company, _ in
            try await company.bench.browse(as: "a11") { owner in
                let base = "/settings/seats/\(company.users["a11s"]!)/mailbox"
                try await owner.get(base + "/disconnect")
                #expect(try await owner.post(base + "/disconnect").status == .ok)
            }
        }
    }

    @Test func `a conversation that is hidden, and shown again`() async throws {
        try await watch(before: true, after: false) { company, _ in try await Self.hide(company, "a11") }
        try await watch(before: true, after: true) { company, _ in
            try await Self.hide(company, "a11")
            try await Self.hide(company, "a11", "show")
        }
    }

    private static func hide(_ company: PlantedCompany, _ owner: String, _ action: String = "hide") async throws {
        let message = try await company.bench.read { tx, _ in
            try tx.integer(
                "SELECT id FROM messages WHERE subject LIKE $1", [.text("%" + PlantedCompany.word(.subject, owner))])
        }
        try await company.bench.browse(as: owner) { browser in
            try await browser.get("/messages/\(message)")
            #expect(try await browser.post("/messages/\(message)/\(action)").status == .ok)
        }
    }

    @Test func `a contact that is removed`() async throws {
        let company = try await PlantedCompany()
        try await company.setLevels(.below)
        let blind = PlantedCompany.word(.blindOnly, "a11")
        try await company.bench.browse(as: "a1") { viewer in
            let card = "/accounts/\(company.account)"
            #expect(try await viewer.get(card).text.contains(blind))
            try await company.bench.listen(with: viewer, .account(company.account)) { (events) async throws in
                try await events.begin()
                try await viewer.get("/contacts/\(company.carl)/delete")
                try await viewer.post("/contacts/\(company.carl)/delete")
                #expect(try await events.next().contains("event: changed"))
            }
            #expect(try await !viewer.get(card).text.contains(blind))
            #expect(try await !viewer.get("/search?q=" + blind).text.contains("<li class=\"email\""))
            #expect(try await viewer.get(card).text.contains(PlantedCompany.word(.subject, "a11")))
            let emails = try await company.bench.read { tx, _ in
                try tx.integer("SELECT count(*) FROM messages WHERE message_id LIKE 'blind-%'")
            }
            #expect(emails == 0)
        }
    }

    @Test func `what is told of equals follows the organisation's rule`() async throws {
        let company = try await PlantedCompany()
        try await company.setLevels(.belowAndEquals)
        let word = PlantedCompany.word(.subject, "b11")
        try await company.bench.browse(as: "a11") { viewer in
            let card = "/contacts/\(company.alice)"
            #expect(try await viewer.get(card + "?colleague=\(company.users["b11"]!)").text.contains(word))
            try await company.bench.listen(with: viewer, .contact(company.alice)) { (events) async throws in
                try await events.begin()
                try await company.bench.browse(as: "out") { admin in
                    try await admin.get("/settings/organization")
                    try await admin.post(
                        "/settings/organization",
                        ["name": "P", "domains": PlantedCompany.domain, "direction": "both", "equals": "superior"])
                }
                #expect(try await events.next().contains("event: changed"))
            }
            #expect(try await !viewer.get(card + "?colleague=\(company.users["b11"]!)").text.contains(word))
        }
    }

    @Test func `Bcc and contacts that stand in a copy which the viewer may not read are not told`() async throws {
        let company = try await PlantedCompany()
        try await company.setLevels(.below)
        // a111 wrote to Alice with Carl in Bcc; b111 was among those who got it.
        func copy(bcc: [String]) -> PlantedLetter {
            PlantedLetter(
                id: "offer", from: "a111@" + PlantedCompany.domain, to: [PlantedCompany.alice, "b111@x.example"],
                bcc: bcc, subject: "One offer", text: "The same.", at: 1_789_600_000)
        }
        try await company.bench.plant([copy(bcc: [PlantedCompany.carl])], in: company.mailboxes["a111"]!)
        try await company.bench.plant([copy(bcc: [])], in: company.mailboxes["b111"]!)
        let ids = try await company.bench.read { tx, _ in
            try tx.rows("SELECT id FROM messages WHERE message_id = 'offer' ORDER BY id", []) { try $0.integer(0) }
        }
        for (viewer, sees) in [("a11", true), ("b11", false)] {
            try await company.bench.browse(as: viewer) { (browser) async throws in
                #expect(try await browser.get("/contacts/\(company.alice)").text.contains("One offer"))
                #expect(try await browser.get("/contacts/\(company.carl)").text.contains("One offer") == sees)
                for (id, isTheirs) in zip(ids, [sees, !sees]) {
                    let page = try await browser.send(.get, "/messages/\(id)")
                    #expect(page.status == (isTheirs ? .ok : .notFound))
                    let tellsCarl =
                        page.text.contains(PlantedCompany.carl)
                        || page.links.contains("/contacts/\(company.carl)")
                    #expect(tellsCarl == (isTheirs && sees), "\(viewer)")
                }
            }
        }
        // Who reads both sees it once, with what stands in either.
        try await company.setLevels(.everyone)
        try await company.bench.browse(as: "out") { (browser) async throws in
            let card = try await browser.get("/contacts/\(company.alice)?q=offer").text
            #expect(card.components(separatedBy: "<li class=\"email\"").count == 2)
            for id in ids {
                #expect(try await browser.get("/messages/\(id)").text.contains(PlantedCompany.carl))
            }
        }
    }
}
