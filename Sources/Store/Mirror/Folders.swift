import CRM
import Database
import Mirror
import Wording

/// A folder of a connected mailbox, with the state of its mirroring.
public struct FolderRow: Sendable, Hashable {
    public let id: FolderID
    public let remoteID: String
    public let path: String
    public let name: String
    public let role: FolderRole
    public let epoch: FolderEpoch
    public let checkpoint: Checkpoint?
    /// All messages of the folder were read at least once under this epoch.
    public let scanComplete: Bool
    public let listed: Int
    public let processed: Int
    public let noContact: Int
    public let confirmedAt: Int64?
    /// Why the folder could not be read, for the mailbox page.
    public let trouble: Phrase?
    /// The pass in which the provider stopped listing it.
    public let missingSincePass: Int64?
    /// When that was, in seconds since 1970 UTC.
    public let missingSince: Int64?
    /// The version of the address book with which it was begun to read the folder from the start.
    public let scanBook: Int64?

    /// The same folder, to be read from the start.
    public var withoutCheckpoint: FolderRow {
        FolderRow(
            id: id, remoteID: remoteID, path: path, name: name, role: role, epoch: epoch, checkpoint: nil,
            scanComplete: false, listed: listed, processed: processed, noContact: noContact, confirmedAt: confirmedAt,
            trouble: trouble, missingSincePass: missingSincePass, missingSince: missingSince, scanBook: scanBook)
    }
}

/// Queries on folders.
public enum Folders {
    private static let columns = """
        id, remote_id, path, name, role, epoch, checkpoint, scan_complete, listed, processed, no_contact, confirmed_at, trouble, \
        missing_since_pass, missing_since, scan_book
        """

    public static func list(_ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID) throws
        -> [FolderRow]
    {
        try tx.rows(
            "SELECT \(columns) FROM folders WHERE organization_id = $1 AND mailbox_id = $2 ORDER BY id",
            [.integer(organization.rawValue), .integer(mailbox.rawValue)], as: row)
    }

    public static func find(_ tx: any Transaction, _ organization: OrganizationID, _ folder: FolderID) throws
        -> FolderRow?
    {
        try tx.first(
            "SELECT \(columns) FROM folders WHERE organization_id = $1 AND id = $2",
            [.integer(organization.rawValue), .integer(folder.rawValue)], as: row)
    }

    /// Adds a folder, or brings path, name and role of a known one up to date.
    public static func upsert(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ folder: RemoteFolder
    ) throws -> FolderID {
        let id = try tx.insertReturningID(
            """
            INSERT INTO folders (organization_id, mailbox_id, remote_id, path, name, role, epoch, checkpoint, scan_complete, listed,
                processed, no_contact)
            VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, 0, 0, 0, 0)
            ON CONFLICT (organization_id, mailbox_id, remote_id)
            DO UPDATE SET path = excluded.path, name = excluded.name, role = excluded.role, missing_since_pass = NULL,
                missing_since = NULL
            RETURNING id
            """,
            [
                .integer(organization.rawValue), .integer(mailbox.rawValue), .text(folder.id), .text(folder.path),
                .text(folder.name), .text(folder.role.rawValue), .text(folder.epoch.rawValue),
            ])
        return FolderID(id)
    }

    public static func setMissing(
        _ tx: any Transaction, _ organization: OrganizationID, _ folder: FolderID, since pass: Int64,
        now: Int64
    ) throws {
        try tx.execute(
            """
            UPDATE folders SET missing_since_pass = coalesce(missing_since_pass, $3),
                missing_since = coalesce(missing_since, $4) WHERE organization_id = $1 AND id = $2
            """, [.id(organization), .id(folder), .integer(pass), .integer(now)])
    }

    /// The folder has to be read from the start when it can be read next.
    public static func forgetCheckpoint(
        _ tx: any Transaction, _ organization: OrganizationID, _ folder: FolderID
    ) throws {
        try tx.execute(
            "UPDATE folders SET checkpoint = NULL WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(folder)])
    }

    /// How many places of mirrored messages the folders hold, and how many the whole mailbox has.
    public static func mirrored(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, in folders: [FolderID]
    ) throws -> (folders: Int, mailbox: Int) {
        let select = """
            SELECT count(*) FROM folders f
            JOIN locations l ON l.organization_id = f.organization_id AND l.folder_id = f.id
            WHERE f.organization_id = $1 AND f.mailbox_id = $2
            """
        let binds: [Value] = [.id(organization), .id(mailbox)]
        return (
            Int(try tx.integer(select + " AND f.id \(tx.dialect.inIntegers("$3"))", binds + [.ids(folders)])),
            Int(try tx.integer(select, binds))
        )
    }

    public static func setTrouble(
        _ tx: any Transaction, _ organization: OrganizationID, _ folder: FolderID, _ trouble: Phrase?
    ) throws {
        try tx.execute(
            "UPDATE folders SET trouble = $3 WHERE organization_id = $1 AND id = $2",
            [.integer(organization.rawValue), .integer(folder.rawValue), .optional(trouble?.stored)])
    }

    /// Begins to read the folder from the start under `epoch`. What the mirror has of it stays on the cards until the
    /// reading is complete.
    public static func restart(
        _ tx: any Transaction, _ organization: OrganizationID, _ folder: FolderID, epoch: FolderEpoch
    ) throws {
        try tx.execute(
            """
            UPDATE folders SET epoch = $3, checkpoint = NULL, scan_complete = 0, processed = 0, no_contact = 0,
                scan_book = (SELECT address_book_version FROM organizations WHERE id = $1)
            WHERE organization_id = $1 AND id = $2
            """, [.integer(organization.rawValue), .integer(folder.rawValue), .text(epoch.rawValue)])
        try tx.execute(
            "DELETE FROM set_asides WHERE organization_id = $1 AND folder_id = $2 AND epoch <> $3",
            [.integer(organization.rawValue), .integer(folder.rawValue), .text(epoch.rawValue)])
        try tx.execute(
            "DELETE FROM excluded_messages WHERE organization_id = $1 AND folder_id = $2 AND epoch <> $3",
            [.integer(organization.rawValue), .integer(folder.rawValue), .text(epoch.rawValue)])
    }

    public static func confirmed(
        _ tx: any Transaction, _ organization: OrganizationID, _ folder: FolderID, at now: Int64
    ) throws {
        try tx.execute(
            "UPDATE folders SET confirmed_at = $3, trouble = NULL WHERE organization_id = $1 AND id = $2",
            [.integer(organization.rawValue), .integer(folder.rawValue), .integer(now)])
    }

    /// Confirms all folders of a quiet pass at once.
    public static func confirmed(
        _ tx: any Transaction, _ organization: OrganizationID, _ folders: [FolderID], at now: Int64
    ) throws {
        if folders.isEmpty { return }
        try tx.execute(
            """
            UPDATE folders SET confirmed_at = $3, trouble = NULL
            WHERE organization_id = $1 AND id \(tx.dialect.inIntegers("$2"))
            """, [.integer(organization.rawValue), .list(folders.map(\.rawValue)), .integer(now)])
    }

    /// Takes the folder's messages off the folder and forgets it. The messages themselves stay until the pass has shown
    /// that they stand nowhere else.
    public static func remove(
        _ tx: any Transaction, _ organization: OrganizationID, _ folder: FolderID, pass: Int64
    ) throws {
        try Locations.removeAll(tx, organization, folder, pass: pass)
        for table in ["set_asides", "excluded_messages"] {
            try tx.execute(
                "DELETE FROM \(table) WHERE organization_id = $1 AND folder_id = $2",
                [.integer(organization.rawValue), .integer(folder.rawValue)])
        }
        try tx.execute(
            "DELETE FROM folders WHERE organization_id = $1 AND id = $2",
            [.integer(organization.rawValue), .integer(folder.rawValue)])
    }

    private static func row(_ row: Row) throws -> FolderRow {
        FolderRow(
            id: FolderID(try row.integer(0)), remoteID: try row.text(1), path: try row.text(2),
            name: try row.text(3), role: FolderRole(rawValue: try row.text(4)) ?? .other,
            epoch: FolderEpoch(try row.text(5)), checkpoint: try row.optionalBlob(6).map(Checkpoint.init(bytes:)),
            scanComplete: try row.bool(7), listed: Int(try row.integer(8)), processed: Int(try row.integer(9)),
            noContact: Int(try row.integer(10)), confirmedAt: try row.optionalInteger(11),
            trouble: try row.optionalPhrase(12), missingSincePass: try row.optionalInteger(13),
            missingSince: try row.optionalInteger(14),
            scanBook: try row.optionalInteger(15))
    }
}
