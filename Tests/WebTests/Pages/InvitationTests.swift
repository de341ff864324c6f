import CRM
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite struct InvitationTests {
    /// The path of the link on a page that shows one.
    private func link(on page: TestBrowser.Answer) throws -> String {
        let shown = try #require(page.text.firstMatch(of: /value="http:\/\/[^\/"]*(\/invitation[^"]*)"/))
        return String(shown.output.1)
    }

    private func invite(_ bench: WebBench, _ user: UserID) async throws -> String {
        try await bench.write { tx, organization in
            try Invitations.make(tx, organization, user, random: SystemRandomSource(), now: 1_790_000_000).expose()
        }
    }

    @Test func `a new user chooses a password by a link that works once`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            try await browser.get("/settings/users/new")
            let added = try await browser.post(
                "/settings/users", ["new": "1", "name": "New Person", "email": "new@aldermoor.example"])
            #expect(added.words.contains("Sign-in link for New Person"))
            let path = try link(on: added)
            try await bench.browse { (theirs) async throws in
                let page = try await theirs.get(path)
                #expect(page.words.contains("Welcome, New Person"))
                let token = String(try #require(path.firstMatch(of: /token=([^&]*)/)).output.1)
                let short = try await theirs.post("/invitation", ["token": token, "password": "short"])
                #expect(short.status == .unprocessableContent && short.words.contains("at least 10 characters"))
                let inside = try await theirs.post("/invitation", ["token": token, "password": "a long enough one"])
                #expect(inside.path == "/settings/mailbox" && inside.words.contains("New Person"))
                let again = try await theirs.get(path)
                #expect(again.status == .notFound && again.words.contains("This link cannot be used"))
            }
            try await bench.browse { (theirs) async throws in
                try await theirs.signIn("new@aldermoor.example", "a long enough one")
                #expect(try await theirs.get("/contacts").status == .ok)
            }
        }
        let actions = Set(try await bench.read { try AuditTrail.list($0, $1, limit: 10).compactMap(\.action) })
        #expect(actions.isSuperset(of: [.userCreated, .userInvited, .invitationUsed]))
    }

    @Test func `a link ends after seven days, by a newer one, and when the person leaves`() async throws {
        let bench = try await WebBench()
        let tom = try await bench.user("tom.ashworth").id
        let first = try await invite(bench, tom)
        let second = try await invite(bench, tom)
        try await bench.browse { (browser) async throws in
            #expect(try await browser.get("/invitation?token=\(first)").status == .notFound)
            #expect(try await browser.get("/invitation?token=\(second)").status == .ok)
            bench.time.pass(Invitations.lifetime)
            #expect(try await browser.get("/invitation?token=\(second)").status == .notFound)
        }
        bench.time.pass(-Invitations.lifetime)
        try await bench.write { try Users.setActive($0, $1, tom, false, now: 1) }
        try await bench.browse { (browser) async throws in
            #expect(try await browser.get("/invitation?token=\(second)").status == .notFound)
            try await browser.get("/sign-in")
            let post = try await browser.post("/invitation", ["token": second, "password": "a long enough one"])
            #expect(post.status == .notFound)
        }
    }

    @Test func `using a link ends the person's other sessions`() async throws {
        let bench = try await WebBench()
        let tom = try await bench.user("tom.ashworth").id
        let token = try await invite(bench, tom)
        try await bench.browse(as: "tom.ashworth") { (old) async throws in
            #expect(try await old.get("/contacts").status == .ok)
            try await bench.browse { (new) async throws in
                try await new.get("/invitation?token=\(token)")
                try await new.post("/invitation", ["token": token, "password": "a long enough one"])
            }
            #expect(try await old.get("/contacts").path.hasPrefix("/sign-in"))
        }
    }

    @Test func `a link works in a browser in which somebody else is signed in`() async throws {
        let bench = try await WebBench()
        let token = try await invite(bench, try await bench.user("tom.ashworth").id)
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            try await browser.get("/invitation?token=\(token)")
            let inside = try await browser.post("/invitation", ["token": token, "password": "a long enough one"])
            #expect(inside.status == .ok && inside.words.contains("Tom Ashworth"))
        }
    }
}
