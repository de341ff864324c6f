import CRM
import Crypto
import Database

/// Queries on the sessions of signed-in users. Only a hash of the token is kept: whoever reads the database cannot sign
/// in with what it holds.
public enum Sessions {
    /// How long a session lasts without being used, in seconds: 14 days.
    public static let idleLimit: Int64 = 14 * 86_400
    /// How long it lasts at most, in seconds: 90 days.
    public static let absoluteLimit: Int64 = 90 * 86_400
    /// `last_seen_at` is written at most this often, in seconds, so that reading a page does not mean writing a row.
    public static let touchInterval: Int64 = 300

    public struct Session: Sendable, Hashable {
        public let id: SessionID
        public let organization: OrganizationID
        public let user: UserID
        public let csrfToken: String
        public let userAgent: String
        public let createdAt: Int64
        public let lastSeenAt: Int64
        public let expiresAt: Int64

        /// Whether ``Sessions/touch(_:_:_:now:)`` is due.
        public func needsTouch(now: Int64) -> Bool { now - lastSeenAt >= touchInterval }
    }

    /// A session that was just begun, with the token for the cookie, which is nowhere else.
    public struct Begun: Sendable {
        public let session: Session
        public let token: Secret<String>
    }

    public static func begin(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, userAgent: String,
        random: some RandomSource, now: Int64
    ) throws -> Begun {
        let token = Tokens.make(random)
        let csrf = Tokens.make(random)
        let expires = now + idleLimit
        let agent = String(userAgent.prefix(300))
        let id = try tx.insertReturningID(
            """
            INSERT INTO sessions (organization_id, user_id, token_hash, csrf_token, user_agent, created_at, last_seen_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $6, $7) RETURNING id
            """,
            [
                .id(organization), .id(user), .blob(Tokens.hash(token)), .text(csrf), .text(agent), .integer(now),
                .integer(expires),
            ])
        let session = Session(
            id: SessionID(id), organization: organization, user: user, csrfToken: csrf, userAgent: agent,
            createdAt: now, lastSeenAt: now, expiresAt: expires)
        return Begun(session: session, token: Secret(token))
    }

    /// The valid session with this token and its user, who is still active. It is the token that tells the
    /// organisation.
    public static func find(
        _ tx: any Transaction, token: String, now: Int64
    ) throws -> (session: Session, user: User)? {
        guard
            let session = try tx.first(
                "SELECT \(columns) FROM sessions WHERE token_hash = $1 AND expires_at > $2",
                [.blob(Tokens.hash(token)), .integer(now)], as: session),
            let user = try Users.find(tx, session.organization, session.user), user.isActive
        else { return nil }
        return (session, user)
    }

    /// Prolongs a session that is used.
    public static func touch(
        _ tx: any Transaction, _ organization: OrganizationID, _ session: SessionID, now: Int64
    ) throws {
        try tx.execute(
            """
            UPDATE sessions SET last_seen_at = $3,
                expires_at = CASE WHEN created_at + $5 < $3 + $4 THEN created_at + $5 ELSE $3 + $4 END
            WHERE organization_id = $1 AND id = $2
            """, [.id(organization), .id(session), .integer(now), .integer(idleLimit), .integer(absoluteLimit)])
    }

    /// A user's valid sessions, the last used first.
    public static func list(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, now: Int64
    ) throws -> [Session] {
        try tx.rows(
            """
            SELECT \(columns) FROM sessions WHERE organization_id = $1 AND user_id = $2 AND expires_at > $3
            ORDER BY last_seen_at DESC, id DESC
            """, [.id(organization), .id(user), .integer(now)], as: session)
    }

    public static func end(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, _ session: SessionID
    ) throws {
        try tx.execute(
            "DELETE FROM sessions WHERE organization_id = $1 AND user_id = $2 AND id = $3",
            [.id(organization), .id(user), .id(session)])
    }

    /// Ends all sessions of a user but one.
    public static func endAll(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, except kept: SessionID? = nil
    ) throws {
        try tx.execute(
            "DELETE FROM sessions WHERE organization_id = $1 AND user_id = $2 AND id <> $3",
            [.id(organization), .id(user), .integer(kept?.rawValue ?? 0)])
    }

    /// Removes what expired, of all organisations.
    @discardableResult
    public static func prune(_ tx: any Transaction, now: Int64) throws -> Int {
        try tx.execute("DELETE FROM sessions WHERE expires_at <= $1", [.integer(now)])
    }

    private static let columns =
        "id, organization_id, user_id, csrf_token, user_agent, created_at, last_seen_at, expires_at"

    private static func session(_ row: Row) throws -> Session {
        Session(
            id: try row.id(0), organization: try row.id(1), user: try row.id(2), csrfToken: try row.text(3),
            userAgent: try row.text(4), createdAt: try row.integer(5), lastSeenAt: try row.integer(6),
            expiresAt: try row.integer(7))
    }
}

/// Tokens that nobody can guess.
enum Tokens {
    /// 256 bits in base64url without padding (RFC 4648, section 5): 43 characters.
    static func make(_ random: some RandomSource) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var bits = 0
        var value = 0
        var encoded: [UInt8] = []
        for byte in random.bytes(32) {
            value = value << 8 | Int(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                encoded.append(alphabet[value >> bits & 63])
                value &= 1 << bits - 1
            }
        }
        encoded.append(alphabet[value << (6 - bits) & 63])
        return String(decoding: encoded, as: UTF8.self)
    }

    /// SHA-256. The tokens are random, so nothing slower is needed.
    static func hash(_ token: String) -> [UInt8] { Array(SHA256.hash(data: Array(token.utf8))) }
}
