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

    /// Who else has an address.
    ///
    /// - Parameters:
    ///   - emailKey: `EmailAddress.matchKey`.
    ///   - user: who may have it; nil for somebody new.
    public static func holder(
        _ tx: any Transaction, _ organization: OrganizationID, ofAddress emailKey: String, besides user: UserID?
    ) throws -> String? {
        try tx.first(
            "SELECT name FROM users WHERE organization_id = $1 AND email_key = $2 AND id <> $3",
            [.id(organization), .text(emailKey), .integer(user?.rawValue ?? 0)]
        ) { try $0.text(0) }
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

    public static func setPreferences(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, locale: String, timeZone: String
    ) throws {
        try tx.execute(
            "UPDATE users SET locale = $3, time_zone = $4 WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(user), .text(locale), .text(timeZone)])
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
