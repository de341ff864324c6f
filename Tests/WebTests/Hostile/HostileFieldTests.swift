import CRM
import Store
import Testing

@testable import Web

/// HTML and scripts in every field of every form, as the pages themselves have them: they stand on pages as text.
@Suite struct HostileFieldTests {
    /// What browsers remember with a password; nothing reads it.
    private static let unread: Set<String> = ["POST /settings/password username", "POST /invitation username"]

    /// Forms that stand on pages in another state than here, and send only that a button was pressed or a box was
    /// ticked; and the one with a file, which has tests of its own.
    private static let elsewhere: Set<String> = [
        "/contacts/import", "/contacts/import/:import/cancel", "/messages/:message/show", "/settings/mailbox/resume",
        "/settings/hierarchy/:user/choice", "/settings/mailbox/sign-in/leave",
        "/settings/mailbox/connect/with/:provider/leave", "/settings/mailbox/calendar",
    ]

    @Test func `what is typed into any field is text on every page, and a password is on none`() async throws {
        let companies = try await TwoCompanies()
        let (bench, empty) = (companies.bench, try await WebBench(withSampleCompany: false))
        let ledger = PoisonLedger(watching: bench, empty)
        let priya = try await bench.user("priya.raman").id
        let token = try await bench.write { tx, organization in
            try Invitations.make(tx, organization, priya, random: SystemRandomSource(), now: 1_790_000_000).expose()
        }
        _ = try await bench.engine.setApp(
            for: "microsoft365", clientID: "client-1", secret: Secret("s3cr3t"), tenant: "organizations",
            organization: bench.organization)
        let forms = FormNames()
        let pages = try Route.all(bench).filter { $0.method == .get && !["/events", "/setup"].contains($0.pattern) }
            .map { try companies.path($0) }
        let more = [
            "/settings/mailbox/connect/with/custom?address=daniel.okafor@aldermoor.example",
            "/settings/providers/microsoft365",
            "/contacts/\(try await bench.contact("Alice Marsh"))/merge?with=\(try await bench.contact("Robert Chen"))",
        ]
        @Sendable func fillIn(_ paths: [String], with browser: TestBrowser) async throws {
            var poisoner = FormPoisoner(browser, ledger)
            for path in paths { try await poisoner.fillIn(path) }
            await forms.add(poisoner.forms)
        }
        try await empty.browse { try await fillIn(["/setup"], with: $0) }
        try await bench.browse { try await fillIn(["/sign-in", "/invitation?token=" + token], with: $0) }
        // A member with a mailbox and a sync-only user; an administrator who has neither.
        for name in ["tom.ashworth", "daniel.okafor"] {
            try await bench.browse(as: name) { try await fillIn(pages + more, with: $0) }
        }
        let lists = ["/contacts?q=script", "/accounts?q=script", "/tasks?owner=all", "/settings/audit"]
        for name in ["ingrid.solheim", "daniel.okafor"] {
            try await bench.browse(as: name) { browser in
                var tour = LinkTour(browser)
                try await tour.follow(from: lists + pages)
            }
        }
        #expect(ledger.leaks == [])
        #expect(ledger.unseen == Self.unread)
        #expect(ledger.told == [])
        let known = await forms.names
        // The pages of a sync-only user's mailbox are those of one's own.
        let posts = Route.all(bench).filter { $0.method == .post }.map {
            $0.pattern.replacing("/settings/seats/:seat/mailbox", with: "/settings/mailbox")
        }
        let missing = posts.filter { route in
            !known.contains { $0.wholeMatch(of: Self.matching(route)) != nil }
        }
        #expect(Set(missing) == Self.elsewhere)
    }

    /// Whether a form's name is one of a route.
    private static func matching(_ route: String) -> Regex<AnyRegexOutput> {
        try! Regex("POST " + route.replacing(/:[a-z]+/, with: "[^/ ]+") + " .*")
    }
}

private actor FormNames {
    private(set) var names: Set<String> = []
    func add(_ more: Set<String>) { names.formUnion(more) }
}
