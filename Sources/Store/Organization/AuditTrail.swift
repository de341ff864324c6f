import CRM
import Database

/// What was done that others may one day ask about: connections, permissions, exports, opening a colleague's mail.
public enum AuditTrail {
    public enum Action: String, Sendable, Hashable, CaseIterable {
        case organizationCreated = "organization.created"
        case signedIn = "user.signed_in"
        case signInRefused = "user.sign_in_refused"
        case passwordChanged = "user.password_changed"
        case userCreated = "user.created"
        case userDeactivated = "user.deactivated"
        case userReactivated = "user.reactivated"
        case administratorChanged = "user.administrator_changed"
        case placeChanged = "user.place_changed"
        case levelChanged = "user.level_changed"
        case mailboxConnected = "mailbox.connected"
        case mailboxSignedInAgain = "mailbox.signed_in_again"
        case mailboxPaused = "mailbox.paused"
        case mailboxResumed = "mailbox.resumed"
        case mailboxDisconnected = "mailbox.disconnected"
        case colleagueMailOpened = "message.opened"
        case contactDeleted = "contact.deleted"
        case accountDeleted = "account.deleted"
        case exclusionAdded = "exclusion.added"
        case exclusionRemoved = "exclusion.removed"
    }

    public struct Entry: Sendable, Hashable {
        public let id: AuditEntryID
        public let at: Int64
        /// Nil for what Mailcard did by itself, or what someone did who is not signed in.
        public let user: UserID?
        /// Nil for an action of a newer version.
        public let action: Action?
        /// What it was done to: names and ids, never the content of mail.
        public let subject: [String: String]
    }

    public static func record(
        _ tx: any Transaction, _ organization: OrganizationID, by user: UserID?, _ action: Action,
        _ subject: [String: String] = [:], now: Int64
    ) throws {
        try tx.execute(
            "INSERT INTO audit_entries (organization_id, at, user_id, action, subject) VALUES ($1, $2, $3, $4, $5)",
            [.id(organization), .integer(now), .id(user), .text(action.rawValue), .text(try JSONText.encode(subject))])
    }

    /// The newest first; `before` is the last entry of the page before.
    public static func list(
        _ tx: any Transaction, _ organization: OrganizationID, before: Entry? = nil, limit: Int
    ) throws -> [Entry] {
        try tx.rows(
            """
            SELECT id, at, user_id, action, subject FROM audit_entries
            WHERE organization_id = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4
            """,
            [.id(organization), .integer(before?.at ?? .max), .integer(before?.id.rawValue ?? .max), .integer(limit)]
        ) { row in
            Entry(
                id: try row.id(0), at: try row.integer(1), user: try row.optionalID(2),
                action: Action(rawValue: try row.text(3)),
                subject: try JSONText.decode([String: String].self, try row.text(4)))
        }
    }
}
