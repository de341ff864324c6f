import CRM
import Database
import Mirror
import Wording

/// What the mirror knows of one message in one folder.
public struct MirroredMessage: Sendable, Hashable {
    public enum TextState: Sendable, Hashable {
        case waiting, ready
        case unreadable(Phrase)
    }

    public let id: StoredMessageID
    public let contacts: [ContactID]
    public let text: TextState
}

/// Queries after single messages by their place in the mailbox.
public enum MirroredMessages {
    public static func find(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ folder: RemoteFolder,
        _ id: RemoteMessageID
    ) throws -> MirroredMessage? {
        guard
            let row = try tx.first(
                """
                SELECT m.id, m.text_state, m.text_error FROM folders f
                JOIN locations l ON l.organization_id = f.organization_id AND l.folder_id = f.id AND l.epoch = f.epoch
                JOIN messages m ON m.id = l.message_id
                WHERE f.organization_id = $1 AND f.mailbox_id = $2 AND f.remote_id = $3 AND f.epoch = $4 AND l.remote_id = $5
                """, binds(organization, mailbox, folder, id))
        else { return nil }
        let message = StoredMessageID(try row.integer(0))
        let text: MirroredMessage.TextState =
            switch try row.integer(1) {
            case 0: .waiting
            case 2: .unreadable(try row.optionalPhrase(2) ?? "")
            default: .ready
            }
        return MirroredMessage(
            id: message, contacts: try MessageRows.matches(tx, organization, message).map(\.contact), text: text)
    }

    /// Why a message was set aside, where it was.
    public static func setAside(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ folder: RemoteFolder,
        _ id: RemoteMessageID
    ) throws -> Phrase? {
        try tx.first(
            """
            SELECT s.reason FROM folders f
            JOIN set_asides s ON s.organization_id = f.organization_id AND s.folder_id = f.id AND s.epoch = f.epoch
            WHERE f.organization_id = $1 AND f.mailbox_id = $2 AND f.remote_id = $3 AND f.epoch = $4 AND s.remote_id = $5
            """, binds(organization, mailbox, folder, id)
        ) { try $0.phrase(0) }
    }

    private static func binds(
        _ organization: OrganizationID, _ mailbox: MailboxID, _ folder: RemoteFolder, _ id: RemoteMessageID
    ) -> [Value] {
        [
            .integer(organization.rawValue), .integer(mailbox.rawValue), .text(folder.id), .text(folder.epoch.rawValue),
            .text(id.rawValue),
        ]
    }
}
