import CRM
import Database

/// Queries on users.
public enum Users {
    /// - Parameter passwordHash: by ``PasswordHash``, made outside the transaction; nil for a user who cannot sign in.
    /// - Throws: ``UserError/emailTaken(email:by:)``.
    public static func create(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: ValidUser, passwordHash: String?,
        isAdministrator: Bool = false, place: Place = .outside, level: VisibilityLevel = .own, locale: String = "en",
        timeZone: String = "Europe/Paris", now: Int64
    ) throws -> UserID {
        do {
            return UserID(
                try tx.insertReturningID(
                    """
                    INSERT INTO users (organization_id, email, email_key, name, title, password_hash, is_administrator,
                        superior_id, at_top, visibility_level, locale, time_zone, created_at)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id
                    """,
                    [
                        .id(organization), .text(user.email), .text(user.emailKey), .text(user.name), .text(user.title),
                        .optional(passwordHash), .bool(isAdministrator), .id(place.superior), .bool(place == .top),
                        .integer(level.rawValue), .text(locale), .text(timeZone), .integer(now),
                    ]))
        } catch DatabaseError.uniqueViolation(table: "users", columns: _) {
            throw try emailTaken(tx, organization, user)
        }
    }

    /// Changes name, address and title.
    ///
    /// - Throws: ``UserError/emailTaken(email:by:)``.
    public static func update(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: UserID, _ user: ValidUser
    ) throws {
        do {
            try tx.execute(
                "UPDATE users SET email = $3, email_key = $4, name = $5, title = $6 WHERE organization_id = $1 AND id = $2",
                [
                    .id(organization), .id(id), .text(user.email), .text(user.emailKey), .text(user.name),
                    .text(user.title),
                ])
        } catch DatabaseError.uniqueViolation(table: "users", columns: _) {
            throw try emailTaken(tx, organization, user)
        }
    }

    private static func emailTaken(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: ValidUser
    ) throws -> UserError {
        let name = try tx.first(
            "SELECT name FROM users WHERE organization_id = $1 AND email_key = $2",
            [.id(organization), .text(user.emailKey)]
        ) { try $0.text(0) }
        return .emailTaken(email: user.email, by: name ?? user.email)
    }

    public static func find(_ tx: any Transaction, _ organization: OrganizationID, _ user: UserID) throws -> User? {
        try tx.first(
            "SELECT \(columns) FROM users WHERE organization_id = $1 AND id = $2", [.id(organization), .id(user)],
            as: Self.user)
    }

    /// Everyone, by name.
    public static func list(_ tx: any Transaction, _ organization: OrganizationID) throws -> [User] {
        try tx.rows(
            "SELECT \(columns) FROM users WHERE organization_id = $1 ORDER BY lower(name), id", [.id(organization)],
            as: user)
    }

    /// Those who work here and can own something: neither who left nor sync-only users. By name.
    public static func colleagues(_ tx: any Transaction, _ organization: OrganizationID) throws -> [User] {
        try people(tx, organization).filter(\.isActive)
    }

    /// Everyone but sync-only users, by name.
    public static func people(_ tx: any Transaction, _ organization: OrganizationID) throws -> [User] {
        try list(tx, organization).filter { $0.person == nil }
    }

    /// The sync-only users of a person, by name.
    public static func seats(
        _ tx: any Transaction, _ organization: OrganizationID, of person: UserID
    ) throws -> [User] {
        try tx.rows(
            """
            SELECT \(columns) FROM users
            WHERE organization_id = $1 AND person_id = $2 ORDER BY lower(name), id
            """, [.id(organization), .id(person)], as: user)
    }

    /// A seat for a further mailbox of a person (product, section 2.7).
    ///
    /// - Throws: ``UserError/emailTaken(email:by:)``; ``UserError/noSuchPerson`` unless the person is a user who works
    ///   here and is no such seat.
    public static func createSeat(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: ValidUser, of person: UserID, now: Int64
    ) throws -> UserID {
        guard let owner = try find(tx, organization, person), owner.isActive, owner.person == nil else {
            throw UserError.noSuchPerson
        }
        let id = try create(
            tx, organization, user, passwordHash: nil, locale: owner.locale, timeZone: owner.timeZone, now: now)
        try tx.execute(
            "UPDATE users SET person_id = $3 WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(id), .id(person)])
        try Changes.append(tx, .anything(in: organization), now: now)
        return id
    }

    /// Removes a sync-only user whose mailbox is disconnected. Choices that name it go with it.
    ///
    /// - Throws: ``UserError/seatHasMailbox`` while its mailbox is connected; nothing happens to anyone else.
    public static func deleteSeat(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, now: Int64
    ) throws {
        guard let seat = try find(tx, organization, user), seat.person != nil else { return }
        guard try Mailboxes.ofUser(tx, organization, user) == nil else { throw UserError.seatHasMailbox }
        let binds: [Value] = [.id(organization), .id(user)]
        try tx.execute("DELETE FROM visibility_choices WHERE organization_id = $1 AND owner_id = $2", binds)
        try tx.execute("DELETE FROM users WHERE organization_id = $1 AND id = $2", binds)
        try Changes.append(tx, .anything(in: organization), now: now)
    }

    public static func hierarchy(_ tx: any Transaction, _ organization: OrganizationID) throws -> Hierarchy {
        let rule = try Organizations.find(tx, organization)?.equals ?? .sameDepth
        return Hierarchy(try list(tx, organization).map(Hierarchy.Member.init), equals: rule)
    }

    /// Places a user in the hierarchy.
    ///
    /// - Throws: `HierarchyError` when that would close a circle.
    public static func place(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, _ place: Place, now: Int64
    ) throws {
        if let superior = place.superior {
            try hierarchy(tx, organization).allow(user, under: superior)
        }
        try tx.execute(
            "UPDATE users SET superior_id = $3, at_top = $4 WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(user), .id(place.superior), .bool(place == .top)])
        try Changes.append(tx, .anything(in: organization), now: now)
    }

    public static func setLevel(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, _ level: VisibilityLevel, now: Int64
    ) throws {
        try tx.execute(
            "UPDATE users SET visibility_level = $3 WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(user), .integer(level.rawValue)])
        try Changes.append(tx, .anything(in: organization), now: now)
    }

    public static func setPreferences(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, locale: String, timeZone: String
    ) throws {
        try tx.execute(
            "UPDATE users SET locale = $3, time_zone = $4 WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(user), .text(locale), .text(timeZone)])
    }

    /// Ends or renews employment. All sessions of one who leaves end with it.
    ///
    /// - Throws: ``UserError/lastAdministrator``.
    public static func setActive(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, _ isActive: Bool, now: Int64
    ) throws {
        if !isActive { try requireAnotherAdministrator(tx, organization, than: user) }
        try tx.execute(
            "UPDATE users SET is_active = $3 WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(user), .bool(isActive)])
        if !isActive {
            try Sessions.endAll(tx, organization, user)
            try Invitations.revoke(tx, organization, user)
        }
        try Changes.append(tx, .anything(in: organization), now: now)
    }

    /// - Throws: ``UserError/lastAdministrator``.
    public static func setAdministrator(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, _ isAdministrator: Bool
    ) throws {
        if !isAdministrator { try requireAnotherAdministrator(tx, organization, than: user) }
        try tx.execute(
            "UPDATE users SET is_administrator = $3 WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(user), .bool(isAdministrator)])
    }

    private static func requireAnotherAdministrator(
        _ tx: any Transaction, _ organization: OrganizationID, than user: UserID
    ) throws {
        let isOnlyOne = try tx.exists(
            """
            SELECT 1 FROM users WHERE organization_id = $1 AND id = $2 AND is_administrator = 1 AND NOT EXISTS (
                SELECT 1 FROM users WHERE organization_id = $1 AND id <> $2 AND is_administrator = 1 AND is_active = 1
                AND password_hash IS NOT NULL)
            """, [.id(organization), .id(user)])
        if isOnlyOne { throw UserError.lastAdministrator }
    }

    // MARK: Signing in

    /// A user who may sign in with an address, and what their password must hash to.
    public struct SignInCandidate: Sendable {
        public let user: User
        public let passwordHash: String
    }

    /// The active users with this address, of all organisations: an address can have a seat in several, and the
    /// password tells which. Usually none or one.
    public static func candidates(_ tx: any Transaction, emailKey: String) throws -> [SignInCandidate] {
        try tx.rows(
            """
            SELECT \(columns), password_hash FROM users
            WHERE email_key = $1 AND is_active = 1 AND password_hash IS NOT NULL ORDER BY id
            """, [.text(emailKey)]
        ) { SignInCandidate(user: try user($0), passwordHash: try $0.text("password_hash")) }
    }

    public static func passwordHash(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID
    ) throws -> String? {
        try tx.first(
            "SELECT password_hash FROM users WHERE organization_id = $1 AND id = $2", [.id(organization), .id(user)]
        ) { try $0.optionalText(0) } ?? nil
    }

    public static func setPasswordHash(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, _ hash: String?
    ) throws {
        try tx.execute(
            "UPDATE users SET password_hash = $3 WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(user), .optional(hash)])
    }

    // MARK: -

    static let columns = """
        id, organization_id, email, name, title, is_administrator, superior_id, at_top, visibility_level, is_active, \
        locale, time_zone, person_id
        """

    static func user(_ row: Row) throws -> User {
        let superior: UserID? = try row.optionalID(6)
        guard let level = VisibilityLevel(rawValue: Int(try row.integer(8))) else {
            throw DatabaseError.misuse("visibility level \(try row.integer(8))")
        }
        return User(
            id: try row.id(0), organization: try row.id(1), email: try row.text(2), name: try row.text(3),
            title: try row.text(4), isAdministrator: try row.bool(5),
            place: try superior.map(Place.below) ?? (row.bool(7) ? .top : .outside), level: level,
            isActive: try row.bool(9), person: try row.optionalID(12), locale: try row.text(10),
            timeZone: try row.text(11))
    }
}

/// Why a user cannot be saved.
public enum UserError: Error, Hashable, Sendable {
    case emailTaken(email: String, by: String)
    case lastAdministrator
    case cannotSignIn
    case noSuchPerson
    case seatHasMailbox

    public var sentence: String {
        switch self {
        case .emailTaken(let email, let name): "\(email) is already the address of \(name). Enter another address."
        case .lastAdministrator:
            "This is the organisation's only administrator. Make someone else an administrator first."
        case .noSuchPerson: "The chosen person is not a user who works here. Choose another."
        case .seatHasMailbox:
            "A mailbox is connected to this sync-only user. The person it belongs to has to disconnect it first."
        case .cannotSignIn: "This user cannot sign in, so there is nobody to invite."
        }
    }
}
