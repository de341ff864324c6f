import CRM
import Database

/// Queries on passwords.
extension Users {
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
}
