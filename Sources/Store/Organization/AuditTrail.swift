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
        case userInvited = "user.invited"
        case invitationUsed = "user.invitation_used"
        case userDeleted = "user.deleted"
        case userDeactivated = "user.deactivated"
        case userReactivated = "user.reactivated"
        case administratorChanged = "user.administrator_changed"
        case placeChanged = "user.place_changed"
        case levelChanged = "user.level_changed"
        case visibilityChosen = "user.visibility_chosen"
        case mailboxConnected = "mailbox.connected"
        case mailboxSignedInAgain = "mailbox.signed_in_again"
        case mailboxPaused = "mailbox.paused"
        case mailboxResumed = "mailbox.resumed"
        case mailboxDisconnected = "mailbox.disconnected"
        case colleagueMailOpened = "message.opened"
        case conversationHidden = "conversation.hidden"
        case conversationShown = "conversation.shown"
        case contactsMerged = "contact.merged"
        case contactsImported = "contacts.imported"
        case contactsExported = "contacts.exported"
        case contactDeleted = "contact.deleted"
        case accountDeleted = "account.deleted"
        case providerAppSaved = "provider.app_saved"
        case providerAppRemoved = "provider.app_removed"
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

        public var key: Key { Key(self) }
    }

    /// Where a page of entries ends.
    public struct Key: Sendable, Hashable, LosslessStringConvertible {
        let at: Int64
        let id: AuditEntryID

        init(_ entry: Entry) { (at, id) = (entry.at, entry.id) }

        public init?(_ description: String) {
            guard let (at, id): (Int64, AuditEntryID) = TimeKeyText.read(description) else { return nil }
            (self.at, self.id) = (at, id)
        }

        public var description: String { TimeKeyText.write(at, id) }
    }

    public static func record(
        _ tx: any Transaction, _ organization: OrganizationID, by user: UserID?, _ action: Action,
        _ subject: [String: String] = [:], now: Int64
    ) throws {
        try tx.execute(
            "INSERT INTO audit_entries (organization_id, at, user_id, action, subject) VALUES ($1, $2, $3, $4, $5)",
            [.id(organization), .integer(now), .id(user), .text(action.rawValue), .text(try JSONText.encode(subject))])
    }

    /// The newest first.
    /// - Parameter key: where the page before ended.
    public static func list(
        _ tx: any Transaction, _ organization: OrganizationID, before key: Key? = nil, limit: Int
    ) throws -> [Entry] {
        try tx.rows(
            """
            SELECT id, at, user_id, action, subject FROM audit_entries
            WHERE organization_id = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4
            """,
            [.id(organization), .integer(key?.at ?? .max), .integer(key?.id.rawValue ?? .max), .integer(limit)]
        ) { row in
            Entry(
                id: try row.id(0), at: try row.integer(1), user: try row.optionalID(2),
                action: Action(rawValue: try row.text(3)),
                subject: try JSONText.decode([String: String].self, try row.text(4)))
        }
    }
}
