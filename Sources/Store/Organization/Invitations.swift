import CRM
import Database

/// Links with which a person chooses the password of their seat, once. Only a hash of the token is kept.
public enum Invitations {
    /// How long a link can be used, in seconds: 7 days.
    public static let lifetime: Int64 = 7 * 86_400

    /// Makes a link for a user; one that was made before is void.
    /// - Returns: the token, which is nowhere else.
    /// - Throws: ``UserError/cannotSignIn`` for a sync-only user and for someone who left.
    public static func make(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, random: some RandomSource, now: Int64
    ) throws -> Secret<String> {
        guard let found = try Users.find(tx, organization, user), found.isActive, found.person == nil else {
            throw UserError.cannotSignIn
        }
        let token = Tokens.make(random)
        try tx.execute(
            """
            INSERT INTO invitations (organization_id, user_id, token_hash, expires_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (organization_id, user_id)
            DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at
            """, [.id(organization), .id(user), .blob(Tokens.hash(token)), .integer(now + lifetime)])
        return Secret(token)
    }

    /// Whom a token invites; nil when it was used, is too old, or never was. It is the token that tells the organisation.
    public static func find(_ tx: any Transaction, token: String, now: Int64) throws -> User? {
        let found: (OrganizationID, UserID)? = try tx.first(
            "SELECT organization_id, user_id FROM invitations WHERE token_hash = $1 AND expires_at > $2",
            [.blob(Tokens.hash(token)), .integer(now)]
        ) { (try $0.id(0), try $0.id(1)) }
        guard let (organization, id) = found, let user = try Users.find(tx, organization, id), user.isActive,
            user.person == nil
        else { return nil }
        return user
    }

    /// Sets the password that the invited person chose, and ends the link and all of their sessions.
    /// - Returns: nil when the link cannot be used any more.
    public static func use(
        _ tx: any Transaction, token: String, passwordHash: String, now: Int64
    ) throws -> User? {
        guard let user = try find(tx, token: token, now: now) else { return nil }
        try Users.setPasswordHash(tx, user.organization, user.id, passwordHash)
        try Sessions.endAll(tx, user.organization, user.id)
        try revoke(tx, user.organization, user.id)
        return user
    }

    public static func revoke(_ tx: any Transaction, _ organization: OrganizationID, _ user: UserID) throws {
        try tx.execute(
            "DELETE FROM invitations WHERE organization_id = $1 AND user_id = $2", [.id(organization), .id(user)])
    }

    /// Removes links that are too old.
    public static func prune(_ tx: any Transaction, now: Int64) throws {
        try tx.execute("DELETE FROM invitations WHERE expires_at <= $1", [.integer(now)])
    }
}
