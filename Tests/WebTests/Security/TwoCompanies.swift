import CRM
import Database
import HTTPTypes
import Hummingbird
import Mirror
import Store
import Testing

@testable import Web

/// The sample company, and another organisation that holds one of each thing an address can name.
struct TwoCompanies: Sendable {
    enum Whose { case ours, theirs, nobodys }

    let bench: WebBench
    /// Numbers by the names that the routes give them.
    private let ours: [String: String]
    private let theirs: [String: String]

    /// As an address writes it; behind every row that there is.
    static let nothing = "9000000"
    static let seat = "enquiries"

    init() async throws {
        let bench = try await WebBench()
        self.bench = bench
        for name in ["tom.ashworth", "priya.raman"] { _ = try await bench.addMailbox(of: name) }
        let tom = try await bench.user("tom.ashworth").id
        let alice = try await bench.contact("Alice Marsh")
        let mailbox = try await bench.read { tx, organization in
            try #require(try Mailboxes.ofUser(tx, organization, tom)).id
        }
        try await bench.plant(
            [PlantedLetter(id: "one", from: "a.marsh@brightwell.example", to: ["t@x.example"], subject: "One")],
            in: mailbox)
        ours = try await bench.write { tx, organization in
            var things = try Self.things(tx, organization, owner: tom, contact: alice, name: Self.seat)
            things["message"] = String(try tx.integer("SELECT max(id) FROM messages"))
            return things
        }
        let (user, contact, other, theirMailbox) = try await bench.database.write { tx in
            let other = try Organizations.create(tx, name: "Other", ownDomains: [], now: 1)
            var form = UserForm()
            (form.name, form.email) = ("Theirs", "theirs@other.example")
            let user = try Users.create(tx, other, try form.validated(), passwordHash: nil, now: 1)
            let contact = try PlantedCompany.contact(tx, other, "Theirs", "a.marsh@brightwell.example", nil)
            let endpoint = ServerEndpoint(host: "imap.other.example", port: 993, security: .tls)
            let settings = MailboxSettings(address: form.email, imap: endpoint, smtp: endpoint)
            let mailbox = try Mailboxes.create(
                tx, other, user: user, settings: settings, addressKey: form.email, provider: "imap", now: 1)
            return (user, contact, other, mailbox)
        }
        try await bench.plant(
            [PlantedLetter(id: "two", from: "a.marsh@brightwell.example", to: ["t@x.example"], subject: "Theirs")],
            in: theirMailbox, of: other)
        theirs = try await bench.database.write { tx in
            var things = try Self.things(tx, other, owner: user, contact: contact, name: "other-seat")
            things["message"] = String(try tx.integer("SELECT max(id) FROM messages"))
            return things
        }
    }

    private static func things(
        _ tx: any Transaction, _ organization: OrganizationID, owner: UserID, contact: ContactID, name: String
    ) throws -> [String: String] {
        let account = try PlantedCompany.account(tx, organization, "Theirs")
        var activity = ActivityForm()
        (activity.kind, activity.title, activity.owner) = (.meeting, "Theirs", owner)
        (activity.contacts, activity.startDay, activity.startTime) = ([contact], "2026-11-24", "10:00")
        let created = try Activities.create(
            tx, organization, try activity.validated(in: .gmt), now: 1)
        var exclusion = ExclusionForm()
        exclusion.pattern = "theirs.example"
        var seat = UserForm()
        (seat.name, seat.email) = (name, name + "@aldermoor.example")
        return [
            "contact": contact.description, "account": account.description, "activity": "\(created)",
            "exclusion": "\(try Exclusions.add(tx, organization, try exclusion.validated(), now: 1))",
            "user": owner.description,
            "seat": "\(try Users.createSeat(tx, organization, try seat.validated(), of: owner, now: 1))",
            "import":
                "\(try ContactImports.create(tx, organization, by: owner, fileName: "a.csv", kind: "csv", size: 1, now: 1))",
            "session":
                "\(try Sessions.begin(tx, organization, owner, userAgent: "x", random: SystemRandomSource(), now: 1_790_000_000).session.id)",
        ]
    }

    /// The address of a route; a name that is not known here fails, so that no new route goes without these tests.
    func path(_ route: Route, _ whose: Whose = .ours) throws -> String {
        try route.parts.map { part in
            guard let name = part.name else { return part.text }
            switch name {
            case "provider": return "custom"
            case "version": return "none"
            case "name": return "mailcard.css"
            default: break
            }
            let known = try #require(ours[name], "\(route): give the tests a :\(name)")
            switch whose {
            case .ours: return known
            case .theirs: return try #require(theirs[name])
            case .nobodys: return Self.nothing
            }
        }.map { "/" + $0 }.joined().nonEmpty ?? "/"
    }

    /// What the other organisation holds, to be compared.
    func theirState() async throws -> [String] {
        try await bench.database.read { tx in
            try [
                ("contacts", "last_name || notes"), ("accounts", "name"),
                ("activities", "title || coalesce(done_at, '')"),
                ("exclusions", "pattern"), ("users", "name || is_active || visibility_level"), ("sessions", "id"),
                ("messages", "subject || is_hidden"), ("imports", "state"), ("mailboxes", "address"),
            ].map { table, columns in
                let text = try tx.first(
                    "SELECT group_concat(\(columns)) FROM \(table) WHERE organization_id <> $1",
                    [.integer(bench.organization.rawValue)]
                ) { try $0.optionalText(0) }
                return "\(table): \((text ?? nil) ?? "")"
            }
        }
    }
}

/// A route as the router knows it.
struct Route: Sendable, CustomStringConvertible {
    struct Part: Sendable {
        let text: String
        /// Of what the address names there.
        let name: String?
    }

    let method: HTTPRequest.Method
    let parts: [Part]

    var pattern: String { "/" + parts.map { $0.name.map { ":" + $0 } ?? $0.text }.joined(separator: "/") }
    var description: String { "\(method) \(pattern)" }
    var namesSomething: Bool {
        parts.contains { $0.name != nil && !["provider", "version", "name"].contains($0.name) }
    }

    /// All of them, from the router itself.
    static func all(_ bench: WebBench) -> [Route] {
        Routes(bench.front.services).router().routes.map { route in
            Route(
                method: route.method,
                parts: route.path.description.split(separator: "/").map { part in
                    Part(text: String(part), name: part.first == "{" ? String(part.dropFirst().dropLast()) : nil)
                })
        }.filter { $0.method == .get || $0.method == .post }
    }

    /// For those who are not signed in, as the product has it: first start, signing in, and what a page needs.
    var isOpen: Bool {
        ["/assets/:version/:name", "/health", "/setup", "/setup/sample", "/sign-in", "/invitation", "/events"]
            .contains(pattern)
    }

    var isForAdministrators: Bool {
        ["organization", "exclusions", "users", "seats", "hierarchy", "audit"].contains {
            pattern == "/settings/\($0)" || pattern.hasPrefix("/settings/\($0)/")
        } && !pattern.hasPrefix("/settings/seats/:seat/mailbox")
    }
}
