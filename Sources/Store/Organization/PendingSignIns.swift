import CRM
import Database

/// People who are away at a provider's sign-in page. Each belongs to the session that sent them, and is taken once.
public enum PendingSignIns {
    /// Whoever comes back later has to begin anew, in seconds.
    public static let lifetime: Int64 = 600
    /// Of one session; the oldest go first.
    public static let limit = 10

    public struct Pending: Hashable, Sendable {
        /// Whose mailbox it is to be: the viewer's own seat, or a sync-only user of theirs.
        public let user: UserID
        /// By the id that the pages use.
        public let provider: String
        public let address: String
        public let redirectURI: String
        /// What the provider's code needs, sealed by the caller.
        public let sealed: [UInt8]

        public init(user: UserID, provider: String, address: String, redirectURI: String, sealed: [UInt8]) {
            self.user = user
            self.provider = provider
            self.address = address
            self.redirectURI = redirectURI
            self.sealed = sealed
        }
    }

    /// - Parameter state: unguessable; only its hash is kept.
    public static func add(
        _ tx: any Transaction, _ organization: OrganizationID, _ session: SessionID, state: String, _ pending: Pending,
        now: Int64
    ) throws {
        try tx.execute(
            "DELETE FROM pending_sign_ins WHERE organization_id = $1 AND expires_at <= $2",
            [.id(organization), .integer(now)])
        try tx.execute(
            """
            DELETE FROM pending_sign_ins WHERE organization_id = $1 AND session_id = $2 AND state_hash IN
                (SELECT state_hash FROM pending_sign_ins WHERE organization_id = $1 AND session_id = $2
                ORDER BY expires_at DESC LIMIT -1 OFFSET $3)
            """, [.id(organization), .id(session), .integer(limit - 1)])
        try tx.execute(
            """
            INSERT INTO pending_sign_ins
                (organization_id, session_id, state_hash, user_id, provider, address, redirect_uri, sealed, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            [
                .id(organization), .id(session), .blob(Tokens.hash(state)), .id(pending.user),
                .text(pending.provider), .text(pending.address), .text(pending.redirectURI), .blob(pending.sealed),
                .integer(now + lifetime),
            ])
    }

    /// The sign-in that a session began with this state, which nobody gets again.
    ///
    /// - Returns: nil where the state is another session's, expired, taken already or made up.
    public static func take(
        _ tx: any Transaction, _ organization: OrganizationID, _ session: SessionID, state: String, now: Int64
    ) throws -> Pending? {
        let key: [Value] = [.id(organization), .id(session), .blob(Tokens.hash(state))]
        let pending = try tx.first(
            """
            SELECT user_id, provider, address, redirect_uri, sealed FROM pending_sign_ins
            WHERE organization_id = $1 AND session_id = $2 AND state_hash = $3 AND expires_at > $4
            """, key + [.integer(now)]
        ) {
            Pending(
                user: try $0.id(0), provider: try $0.text(1), address: try $0.text(2), redirectURI: try $0.text(3),
                sealed: try $0.blob(4))
        }
        try tx.execute(
            "DELETE FROM pending_sign_ins WHERE organization_id = $1 AND session_id = $2 AND state_hash = $3", key)
        return pending
    }
}
