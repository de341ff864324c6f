import CRM
import Database
import Foundation
import Mail
import Mirror

/// A connected mailbox, without its credentials.
public struct MailboxRow: Sendable, Hashable {
    public let id: MailboxID
    public let organization: OrganizationID
    public let user: UserID
    public let address: String
    public let provider: String
    public let settings: MailboxSettings
    public let status: MailboxStatus
    public let isPaused: Bool
    /// When the mirror was last known to equal the mailbox, in seconds since 1970 UTC.
    public let lastConfirmedAt: Int64?
    public let lastCheck: MirrorCheck?
    /// The server reported messages as vanished that were there, so its word alone is not taken any more.
    public let distrustsVanished: Bool
    /// Seconds since 1970 UTC.
    public let createdAt: Int64
    /// The number of the last pass over all folders.
    public let pass: Int64
    /// How many checks of the whole mailbox were asked for, and how many of those the last finished one answered.
    public let checksWanted: Int64
    public let checksDone: Int64
}

/// Queries on connected mailboxes.
public enum Mailboxes {
    private static let columns = """
        id, organization_id, user_id, address, provider, settings, state, is_paused, last_confirmed_at, last_check, \
        distrusts_vanished, created_at, pass, checks_wanted, checks_done
        """

    /// - Throws: `DatabaseError.uniqueViolation` when the user has a mailbox or the address is connected already.
    public static func create(
        _ tx: any Transaction, _ organization: OrganizationID, user: UserID, settings: MailboxSettings,
        addressKey: String,
        provider: String, now: Int64
    ) throws -> MailboxID {
        let id = try tx.insertReturningID(
            """
            INSERT INTO mailboxes (organization_id, user_id, address, address_key, provider, settings, credentials, state, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, $8) RETURNING id
            """,
            [
                .integer(organization.rawValue), .integer(user.rawValue), .text(settings.address), .text(addressKey),
                .text(provider), .text(try JSONText.encode(settings)),
                .text(try JSONText.encode(MailboxStatus.connecting)),
                .integer(now),
            ])
        return MailboxID(id)
    }

    /// Keeps credentials sealed by the caller.
    public static func setCredentials(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, sealed: [UInt8],
        settings: MailboxSettings
    ) throws {
        try tx.execute(
            "UPDATE mailboxes SET credentials = $3, settings = $4 WHERE organization_id = $1 AND id = $2",
            [
                .integer(organization.rawValue), .integer(mailbox.rawValue), .blob(sealed),
                .text(try JSONText.encode(settings)),
            ])
    }

    /// Puts credentials that the provider renewed in the place of those that it renewed.
    ///
    /// - Returns: false where others stand there by now; those stay.
    public static func replaceCredentials(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ old: [UInt8], by new: [UInt8]
    ) throws -> Bool {
        try tx.execute(
            "UPDATE mailboxes SET credentials = $4 WHERE organization_id = $1 AND id = $2 AND credentials = $3",
            [.id(organization), .id(mailbox), .blob(old), .blob(new)]) == 1
    }

    public static func credentials(_ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID) throws
        -> [UInt8]?
    {
        try tx.first(
            "SELECT credentials FROM mailboxes WHERE organization_id = $1 AND id = $2",
            [.integer(organization.rawValue), .integer(mailbox.rawValue)]
        ) { try $0.optionalBlob(0) } ?? nil
    }

    /// The mailboxes of all organisations, to start their tasks.
    public static func all(_ tx: any Transaction) throws -> [MailboxRow] {
        try tx.rows("SELECT \(columns) FROM mailboxes ORDER BY organization_id, id", [], as: row)
    }

    public static func list(_ tx: any Transaction, _ organization: OrganizationID) throws -> [MailboxRow] {
        try tx.rows(
            "SELECT \(columns) FROM mailboxes WHERE organization_id = $1 ORDER BY id",
            [.integer(organization.rawValue)], as: row)
    }

    public static func find(_ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID) throws
        -> MailboxRow?
    {
        try tx.first(
            "SELECT \(columns) FROM mailboxes WHERE organization_id = $1 AND id = $2",
            [.integer(organization.rawValue), .integer(mailbox.rawValue)], as: row)
    }

    public static func ofUser(_ tx: any Transaction, _ organization: OrganizationID, _ user: UserID) throws
        -> MailboxRow?
    {
        try tx.first(
            "SELECT \(columns) FROM mailboxes WHERE organization_id = $1 AND user_id = $2",
            [.integer(organization.rawValue), .integer(user.rawValue)], as: row)
    }

    /// Whose mailbox has this address, if it is connected.
    public static func owner(_ tx: any Transaction, _ organization: OrganizationID, addressKey: String) throws
        -> UserID?
    {
        try tx.first(
            "SELECT user_id FROM mailboxes WHERE organization_id = $1 AND address_key = $2",
            [.integer(organization.rawValue), .text(addressKey)]
        ) { UserID(try $0.integer(0)) }
    }

    public static func setStatus(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ status: MailboxStatus
    ) throws {
        try tx.execute(
            "UPDATE mailboxes SET state = $3 WHERE organization_id = $1 AND id = $2",
            [.integer(organization.rawValue), .integer(mailbox.rawValue), .text(try JSONText.encode(status))])
        if !status.isReading { try MessageTexts.indexWithout(tx, organization, mailbox) }
        try touch(tx, organization, mailbox)
    }

    /// Writes to the change feed that the state of a mailbox changed.
    static func touch(_ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID) throws {
        try tx.execute(
            "INSERT INTO changes (organization_id, contact_id, account_id, mailbox_id, at) VALUES ($1, NULL, NULL, $2, 0)",
            [.integer(organization.rawValue), .integer(mailbox.rawValue)])
    }

    /// The mirror was seen to equal the mailbox.
    public static func confirmed(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, at now: Int64
    ) throws {
        try tx.execute(
            "UPDATE mailboxes SET state = $3, last_confirmed_at = $4 WHERE organization_id = $1 AND id = $2",
            [
                .integer(organization.rawValue), .integer(mailbox.rawValue),
                .text(try JSONText.encode(MailboxStatus.upToDate)), .integer(now),
            ])
        try touch(tx, organization, mailbox)
    }

    public static func setPaused(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ isPaused: Bool
    ) throws {
        try tx.execute(
            "UPDATE mailboxes SET is_paused = $3, state = $4 WHERE organization_id = $1 AND id = $2",
            [
                .integer(organization.rawValue), .integer(mailbox.rawValue), .bool(isPaused),
                .text(try JSONText.encode(isPaused ? MailboxStatus.paused : .connecting)),
            ])
        try touch(tx, organization, mailbox)
    }

    public static func setCheck(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ check: MirrorCheck
    ) throws {
        try tx.execute(
            "UPDATE mailboxes SET last_check = $3 WHERE organization_id = $1 AND id = $2",
            [.integer(organization.rawValue), .integer(mailbox.rawValue), .text(try JSONText.encode(check))])
        try touch(tx, organization, mailbox)
    }

    /// Asks for a check of all the organisation's mailboxes: what is mirrored changed in a way that no search for addresses
    /// would find.
    static func wantChecks(_ tx: any Transaction, _ organization: OrganizationID) throws {
        try tx.execute(
            "UPDATE mailboxes SET checks_wanted = checks_wanted + 1 WHERE organization_id = $1", [.id(organization)])
    }

    /// A check that was begun when so many were asked for has come to its end.
    public static func finishCheck(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ check: MirrorCheck,
        answering wanted: Int64
    ) throws {
        try setCheck(tx, organization, mailbox, check)
        try tx.execute(
            "UPDATE mailboxes SET checks_done = $3 WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(mailbox), .integer(wanted)])
    }

    public static func distrustVanished(_ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID)
        throws
    {
        try tx.execute(
            "UPDATE mailboxes SET distrusts_vanished = 1 WHERE organization_id = $1 AND id = $2",
            [.integer(organization.rawValue), .integer(mailbox.rawValue)])
    }

    /// Starts a pass over all folders; returns its number, higher than that of any before.
    public static func beginPass(_ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID) throws
        -> Int64
    {
        try tx.insertReturningID(
            "UPDATE mailboxes SET pass = pass + 1 WHERE organization_id = $1 AND id = $2 RETURNING pass",
            [.integer(organization.rawValue), .integer(mailbox.rawValue)])
    }

    /// Removes the mailbox. From now on nobody sees what was mirrored from it; of that, the first messages are removed
    /// here and the others as ``Departures/proceed(_:_:limit:)`` is called.
    public static func delete(_ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, now: Int64)
        throws
    {
        try Departures.begin(tx, organization, mailbox)
        try tx.execute(
            "DELETE FROM mailboxes WHERE organization_id = $1 AND id = $2", [.id(organization), .id(mailbox)])
        // Nobody may read the mailbox any more, so a change that names it would concern nobody.
        try Changes.append(tx, .anything(in: organization), now: now)
    }

    private static func row(_ row: Row) throws -> MailboxRow {
        MailboxRow(
            id: MailboxID(try row.integer(0)), organization: OrganizationID(try row.integer(1)),
            user: UserID(try row.integer(2)), address: try row.text(3), provider: try row.text(4),
            settings: try JSONText.decode(MailboxSettings.self, try row.text(5)),
            status: try JSONText.decode(MailboxStatus.self, try row.text(6)), isPaused: try row.bool(7),
            lastConfirmedAt: try row.optionalInteger(8),
            lastCheck: try row.optionalText(9).map { try JSONText.decode(MirrorCheck.self, $0) },
            distrustsVanished: try row.bool(10), createdAt: try row.integer(11), pass: try row.integer(12),
            checksWanted: try row.integer(13), checksDone: try row.integer(14))
    }
}
