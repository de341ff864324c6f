import CRM
import Database
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite struct SeatTests {
    private func addSeat(_ bench: WebBench) async throws -> User {
        let tom = try await bench.user("tom.ashworth").id
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            try await browser.get("/settings/seats/new")
            let added = try await browser.post(
                "/settings/seats", ["name": "Sales enquiries", "email": "sales@aldermoor.example", "person": "\(tom)"])
            #expect(added.words.contains("Its person connects the mailbox"))
            #expect(added.words.contains("Sales enquiries Sync-only"))
        }
        return try await bench.user("sales")
    }

    @Test func `a person connects a second mailbox by a sync-only user, and superiors see its mail too`() async throws {
        let bench = try await WebBench()
        let seat = try await addSeat(bench)
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let own = try await browser.get("/settings/mailbox")
            #expect(own.links.contains("/settings/seats/\(seat.id)/mailbox"))
            let base = "/settings/seats/\(seat.id)/mailbox"
            #expect(try await browser.get(base).words.contains("Mailbox of Sales enquiries"))
            let start = try await browser.get(base + "/connect")
            #expect(start.text.contains("value=\"sales@aldermoor.example\""))
            let connected = try await browser.connectMailbox("sales@aldermoor.example", base: base)
            #expect(connected.path.hasPrefix(base) && connected.words.contains("Mailbox of Sales enquiries"))
            #expect(try await browser.get("/settings/mailbox").words.contains("Synchronize now"))
            #expect(try await browser.post(base + "/pause").words.contains("Paused"))
        }
        let mailbox = try #require(try await bench.read { try Mailboxes.ofUser($0, $1, seat.id) })
        for (name, sees) in [("tom.ashworth", true), ("priya.raman", true), ("marc.delacroix", false)] {
            let viewer = try await bench.user(name).id
            let visible = try await bench.read { try VisibleMailboxes.of($0, $1, viewer: viewer) }
            #expect(visible.contains(mailbox.id) == sees, "\(name)")
        }
    }

    @Test func `nobody else reaches the pages of a sync-only user's mailbox, and it cannot sign in`() async throws {
        let bench = try await WebBench()
        let seat = try await addSeat(bench)
        for name in ["priya.raman", "daniel.okafor", "marc.delacroix"] {
            try await bench.browse(as: name) { (browser) async throws in
                for page in ["", "/connect", "/why", "/sign-in"] {
                    #expect(try await browser.get("/settings/seats/\(seat.id)/mailbox\(page)").status == .notFound)
                }
            }
        }
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            #expect(try await browser.get("/settings/users/\(seat.id)").status == .notFound)
            try await browser.get("/settings/users")
            #expect(try await browser.post("/settings/users/\(seat.id)/invitation").status == .notFound)
        }
        await #expect(throws: UserError.cannotSignIn) {
            try await bench.write { tx, organization in
                _ = try Invitations.make(tx, organization, seat.id, random: SystemRandomSource(), now: 1)
            }
        }
    }

    @Test func `it is deleted once its mailbox is disconnected`() async throws {
        let bench = try await WebBench()
        let seat = try await addSeat(bench)
        _ = try await bench.addMailbox(of: "sales")
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            try await browser.get("/settings/seats/\(seat.id)")
            let refused = try await browser.post("/settings/seats/\(seat.id)/delete")
            #expect(refused.status == .unprocessableContent && refused.words.contains("has to disconnect it first"))
            try await bench.write { tx, organization in
                try tx.execute("DELETE FROM mailboxes WHERE user_id = $1", [.integer(seat.id.rawValue)])
            }
            #expect(try await browser.post("/settings/seats/\(seat.id)/delete").words.contains("was deleted"))
            #expect(try await browser.get("/settings/seats/\(seat.id)").status == .notFound)
        }
    }

    @Test func `it can be nobody's superior, and owns nothing`() async throws {
        let bench = try await WebBench()
        let seat = try await addSeat(bench)
        let tom = try await bench.user("tom.ashworth")
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            #expect(try await !browser.get("/settings/users/new").words.contains("Below Sales enquiries"))
            let page = try await browser.post(
                "/settings/users/\(tom.id)",
                ["name": "T", "email": tom.email, "active": "1", "place": "\(seat.id)"])
            #expect(page.words.contains("The chosen superior is not a user"))
            #expect(try await !browser.get("/contacts/new").words.contains("Sales enquiries"))
        }
    }
}
