import CRM
import Database
import Mirror

/// Queries on where the messages of the mirror stand in the mailbox.
enum Locations {
    static func add(
        _ tx: any Transaction, _ organization: OrganizationID, _ folder: FolderID, _ epoch: FolderEpoch,
        _ id: RemoteMessageID,
        message: StoredMessageID
    ) throws {
        try tx.execute(
            """
            INSERT INTO locations (organization_id, folder_id, epoch, remote_id, message_id) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (organization_id, folder_id, epoch, remote_id) DO UPDATE SET message_id = excluded.message_id
            """,
            [
                .integer(organization.rawValue), .integer(folder.rawValue), .text(epoch.rawValue), .text(id.rawValue),
                .integer(message.rawValue),
            ])
    }

    /// The message has a location again.
    static func adopt(_ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID) throws {
        try tx.execute(
            "UPDATE messages SET orphaned_pass = NULL WHERE organization_id = $1 AND id = $2 AND orphaned_pass IS NOT NULL",
            [.integer(organization.rawValue), .integer(message.rawValue)])
    }

    /// Removes locations; a message that has none left is marked with the pass, and nothing more.
    static func remove(
        _ tx: any Transaction, _ organization: OrganizationID, _ folder: FolderID, _ epoch: FolderEpoch,
        _ ids: [RemoteMessageID], pass: Int64
    ) throws {
        for id in ids {
            let message = try tx.first(
                """
                DELETE FROM locations WHERE organization_id = $1 AND folder_id = $2 AND epoch = $3 AND remote_id = $4
                RETURNING message_id
                """,
                [.integer(organization.rawValue), .integer(folder.rawValue), .text(epoch.rawValue), .text(id.rawValue)]
            ) { try $0.integer(0) }
            guard let message else { continue }
            try tx.execute(
                """
                UPDATE messages SET orphaned_pass = $3 WHERE organization_id = $1 AND id = $2 AND NOT EXISTS
                    (SELECT 1 FROM locations WHERE organization_id = $1 AND message_id = $2)
                """, [.integer(organization.rawValue), .integer(message), .integer(pass)])
        }
    }

    /// Removes what the folder held under earlier epochs, after it was read completely under the present one.
    static func removeOtherEpochs(
        _ tx: any Transaction, _ organization: OrganizationID, _ folder: FolderID, keeping epoch: FolderEpoch,
        pass: Int64
    ) throws {
        let stale = try tx.rows(
            "SELECT epoch, remote_id FROM locations WHERE organization_id = $1 AND folder_id = $2 AND epoch <> $3",
            [.integer(organization.rawValue), .integer(folder.rawValue), .text(epoch.rawValue)]
        ) { (FolderEpoch(try $0.text(0)), RemoteMessageID(try $0.text(1))) }
        for (epoch, id) in stale { try remove(tx, organization, folder, epoch, [id], pass: pass) }
    }

    static func removeAll(_ tx: any Transaction, _ organization: OrganizationID, _ folder: FolderID, pass: Int64) throws
    {
        let all = try tx.rows(
            "SELECT epoch, remote_id FROM locations WHERE organization_id = $1 AND folder_id = $2",
            [.integer(organization.rawValue), .integer(folder.rawValue)]
        ) { (FolderEpoch(try $0.text(0)), RemoteMessageID(try $0.text(1))) }
        for (epoch, id) in all { try remove(tx, organization, folder, epoch, [id], pass: pass) }
    }
}
