import CRM
import Database
import Mail
import Mirror

/// Takes mail off the mirror that no contact needs any more (product, section 1.4). It needs nothing from the provider,
/// so it happens in the transaction that changes the contact.
public enum MirrorCleanup {
    /// To be called after the contact's addresses were changed or removed, and before the contact itself is deleted:
    /// decides all its messages again.
    public static func contactChanged(
        _ tx: any Transaction, _ organization: OrganizationID, contact: ContactID, now: Int64
    ) throws {
        let messages = try tx.rows(
            "SELECT message_id FROM card_entries WHERE organization_id = $1 AND contact_id = $2",
            [.integer(organization.rawValue), .integer(contact.rawValue)]
        ) { StoredMessageID(try $0.integer(0)) }
        try decideAgain(tx, organization, messages, now: now)
    }

    /// To be called after addresses were taken from contacts: the messages that a rule keeps out, and on which no other
    /// address is a contact's, are messages without a contact now, of which nothing is kept but the count.
    static func addressesRemoved(
        _ tx: any Transaction, _ organization: OrganizationID, keys: [String]
    ) throws {
        for key in keys {
            let places = try tx.rows(
                """
                DELETE FROM excluded_messages WHERE organization_id = $1 AND address_key = $2
                RETURNING folder_id, epoch, remote_id
                """, [.id(organization), .text(key)]
            ) { [Value.id(organization), .integer(try $0.integer(0)), .text(try $0.text(1)), .text(try $0.text(2))] }
            for place in places {
                try tx.execute(
                    """
                    UPDATE folders SET no_contact = no_contact + 1 WHERE organization_id = $1 AND id = $2 AND epoch = $3
                    AND NOT EXISTS (SELECT 1 FROM excluded_messages e
                        WHERE e.organization_id = $1 AND e.folder_id = $2 AND e.epoch = $3 AND e.remote_id = $4)
                    """, place)
            }
        }
    }

    /// To be called when exclusions, own domains or the choice to mirror received mail changed: decides the messages of
    /// the organisation again, the newest here and the others as ``continueRules(_:_:limit:now:)`` is called.
    public static func rulesChanged(_ tx: any Transaction, _ organization: OrganizationID, now: Int64) throws {
        try tx.execute(
            """
            INSERT INTO redecisions (organization_id, below_message_id) VALUES ($1, $2)
            ON CONFLICT (organization_id) DO UPDATE SET below_message_id = excluded.below_message_id
            """, [.id(organization), .integer(Int64.max)])
        try continueRules(tx, organization, limit: batch, now: now)
    }

    /// Messages decided in one transaction: a tenth of a second or so, in which nobody else can write.
    public static let batch = 1_000

    /// The organisations whose messages were not all decided by the present rules yet.
    public static func unfinished(_ tx: any Transaction) throws -> [OrganizationID] {
        try tx.rows("SELECT organization_id FROM redecisions ORDER BY organization_id") { try $0.id(0) }
    }

    /// Decides further messages by rules that changed, the newest first.
    ///
    /// - Returns: whether there are more.
    @discardableResult
    public static func continueRules(
        _ tx: any Transaction, _ organization: OrganizationID, limit: Int = batch, now: Int64
    ) throws -> Bool {
        let below = try tx.first(
            "SELECT below_message_id FROM redecisions WHERE organization_id = $1", [.id(organization)]
        ) { try $0.integer(0) }
        guard let below else { return false }
        let messages = try tx.rows(
            "SELECT id FROM messages WHERE organization_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
            [.id(organization), .integer(below), .integer(limit)]
        ) { StoredMessageID(try $0.integer(0)) }
        try decideAgain(tx, organization, messages, now: now)
        if let last = messages.last, messages.count == limit {
            try tx.execute(
                "UPDATE redecisions SET below_message_id = $2 WHERE organization_id = $1",
                [.id(organization), .integer(last.rawValue)])
            return true
        }
        try tx.execute("DELETE FROM redecisions WHERE organization_id = $1", [.id(organization)])
        return false
    }

    private static func decideAgain(
        _ tx: any Transaction, _ organization: OrganizationID, _ messages: [StoredMessageID], now: Int64
    ) throws {
        if messages.isEmpty { return }
        let book = try AddressBooks.current(tx, organization, known: .none).addressBook
        var gone: [StoredMessageID] = []
        for message in messages {
            guard let headers = try headers(tx, organization, message) else { continue }
            switch book.decide(headers) {
            case .matched(let matches):
                if Set(matches) != Set(try MessageRows.matches(tx, organization, message)) {
                    try MessageRows.setCards(tx, organization, message, matches, now: now)
                }
            case .noContact:
                try tx.execute(
                    """
                    UPDATE folders SET no_contact = no_contact + (
                        SELECT count(*) FROM locations l WHERE l.organization_id = $1 AND l.message_id = $2
                        AND l.folder_id = folders.id AND l.epoch = folders.epoch)
                    WHERE organization_id = $1 AND id IN
                        (SELECT folder_id FROM locations WHERE organization_id = $1 AND message_id = $2)
                    """, [.integer(organization.rawValue), .integer(message.rawValue)])
                gone.append(message)
            case .excluded(let rule, let addresses):
                for address in addresses.sorted() {
                    try tx.execute(
                        """
                        INSERT INTO excluded_messages (organization_id, folder_id, epoch, remote_id, address_key, rule)
                        SELECT organization_id, folder_id, epoch, remote_id, $3, $4 FROM locations
                        WHERE organization_id = $1 AND message_id = $2
                        ON CONFLICT (organization_id, folder_id, epoch, remote_id, address_key)
                        DO UPDATE SET rule = excluded.rule
                        """, [.id(organization), .integer(message.rawValue), .text(address), .text(rule.pattern)])
                }
                gone.append(message)
            }
        }
        try MessageRows.delete(tx, organization, gone, now: now)
    }

    /// The addresses of a mirrored message, as the address book wants them.
    private static func headers(
        _ tx: any Transaction, _ organization: OrganizationID, _ message: StoredMessageID
    ) throws -> MessageHeaders? {
        try tx.first(
            "SELECT from_address, recipients, bcc, from_others FROM messages WHERE organization_id = $1 AND id = $2",
            [.integer(organization.rawValue), .integer(message.rawValue)]
        ) { row in
            let recipients = try JSONText.decode(StoredRecipients.self, try row.text(1))
            let bcc = try row.optionalText(2).map { try JSONText.decode([StoredAddress].self, $0) } ?? []
            let others = try row.optionalText(3).map { try JSONText.decode([StoredAddress].self, $0) } ?? []
            return MessageHeaders(
                from: [HeaderAddress(storedAddress: try row.text(0))]
                    + others.map { HeaderAddress(storedAddress: $0.address) },
                to: recipients.to.map { HeaderAddress(storedAddress: $0.address) },
                cc: recipients.cc.map { HeaderAddress(storedAddress: $0.address) },
                bcc: bcc.map { HeaderAddress(storedAddress: $0.address) })
        }
    }
}

extension HeaderAddress {
    fileprivate init(storedAddress: String) {
        let at = storedAddress.lastIndex(of: "@")
        self.init(
            name: nil, localPart: Array(storedAddress[..<(at ?? storedAddress.endIndex)].utf8),
            domain: at.map { Array(storedAddress[storedAddress.index(after: $0)...].utf8) } ?? [])
    }
}
