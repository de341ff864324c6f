import CRM
import Database
import DatabaseSQLite
import Mirror
import Store

/// A database with one organisation: Eve leads Ann and Bob, who have a mailbox each; Dan stands outside the hierarchy.
struct Bench: Sendable {
    let database: any Database
    let organization: OrganizationID
    let eve: UserID
    let ann: UserID
    let bob: UserID
    let dan: UserID
    let anns: MailboxID
    let bobs: MailboxID
    /// The inboxes of Ann and Bob, and a further folder of Ann's.
    let inbox: FolderID
    let archive: FolderID
    let bobsInbox: FolderID

    static let now: Int64 = 1_700_000_000

    init() async throws { try await self.init(try SQLiteDatabase.inMemory()) }

    init(_ database: any Database) async throws {
        try await Schema.migrator.run(on: database, now: Self.now)
        self.database = database
        let made = try await database.write { tx in try Self.make(tx) }
        (organization, eve, ann, bob, dan) = (
            made.organization, made.users[0], made.users[1], made.users[2], made.users[3]
        )
        (anns, bobs) = (made.mailboxes[0], made.mailboxes[1])
        (inbox, archive, bobsInbox) = (made.folders[0], made.folders[1], made.folders[2])
    }

    private struct Made: Sendable {
        let organization: OrganizationID
        var users: [UserID] = []
        var mailboxes: [MailboxID] = []
        var folders: [FolderID] = []
    }

    private static func make(_ tx: any Transaction) throws -> Made {
        var made = Made(
            organization: try Organizations.create(tx, name: "Acme", ownDomains: ["acme.example"], now: now))
        made.users.append(try user(tx, made.organization, "Eve", place: .top, level: .below))
        for name in ["Ann", "Bob"] {
            made.users.append(try user(tx, made.organization, name, place: .below(made.users[0])))
        }
        made.users.append(try user(tx, made.organization, "Dan", isAdministrator: true))
        for (index, name) in [(1, "ann"), (2, "bob")] {
            made.mailboxes.append(try mailbox(tx, made.organization, made.users[index], name))
        }
        for (mailbox, path, role) in [(0, "INBOX", FolderRole.inbox), (0, "Archive", .archive), (1, "INBOX", .inbox)] {
            made.folders.append(try folder(tx, made.organization, made.mailboxes[mailbox], path, role))
        }
        return made
    }

    static func user(
        _ tx: any Transaction, _ organization: OrganizationID, _ name: String, passwordHash: String? = "hash",
        isAdministrator: Bool = false, place: Place = .outside, level: VisibilityLevel = .own
    ) throws -> UserID {
        var form = UserForm()
        form.name = name
        form.email = name.lowercased() + "@acme.example"
        return try Users.create(
            tx, organization, try form.validated(), passwordHash: passwordHash, isAdministrator: isAdministrator,
            place: place, level: level, now: now)
    }

    static func mailbox(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, _ name: String
    ) throws -> MailboxID {
        let endpoint = ServerEndpoint(host: "mail.acme.example", port: 993, security: .tls)
        let address = name + "@acme.example"
        return try Mailboxes.create(
            tx, organization, user: user,
            settings: MailboxSettings(address: address, imap: endpoint, smtp: endpoint), addressKey: address,
            provider: "imap", now: now)
    }

    static func folder(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ path: String, _ role: FolderRole
    ) throws -> FolderID {
        try Folders.upsert(tx, organization, mailbox, remote(path, role))
    }

    static func remote(_ path: String, _ role: FolderRole = .inbox, epoch: String = "1") -> RemoteFolder {
        RemoteFolder(id: path, path: path, name: path, role: role, epoch: FolderEpoch(epoch))
    }

    // MARK: Transactions

    func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction, OrganizationID) throws -> T) async throws -> T
    {
        try await database.read { [organization] in try body($0, organization) }
    }

    @discardableResult
    func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction, OrganizationID) throws -> T) async throws -> T
    {
        try await database.write { [organization] in try body($0, organization) }
    }

    // MARK: Contacts

    @discardableResult
    func contact(_ addresses: String..., account: AccountID? = nil) async throws -> ContactID {
        try await write { tx, organization in
            try Contacts.create(tx, organization, try Self.contactForm(addresses, account).validated(), now: Self.now)
        }
    }

    static func contactForm(_ addresses: [String], _ account: AccountID? = nil, lastName: String? = nil) -> ContactForm
    {
        var form = ContactForm()
        form.lastName = lastName ?? addresses.first ?? "Nameless"
        form.addresses = addresses
        form.account = account
        return form
    }

    @discardableResult
    func account(_ name: String) async throws -> AccountID {
        try await write { tx, organization in
            var form = AccountForm()
            form.name = name
            return try Accounts.create(tx, organization, try form.validated(), now: Self.now)
        }
    }

    func exclude(_ pattern: String) async throws -> ExclusionID {
        try await write { tx, organization in
            var form = ExclusionForm()
            form.pattern = pattern
            return try Exclusions.add(tx, organization, try form.validated(), now: Self.now)
        }
    }
}
