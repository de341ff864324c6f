import CRM
import Database
import Mirror

/// What a folder's reading is for, and where it stands.
public struct PageContext: Sendable, Hashable {
    public let organization: OrganizationID
    public let mailbox: MailboxID
    public let folder: FolderID
    public let epoch: FolderEpoch
    public let purpose: Planner.Purpose
    /// The number of the pass that reads.
    public let pass: Int64

    public init(
        organization: OrganizationID, mailbox: MailboxID, folder: FolderID, epoch: FolderEpoch,
        purpose: Planner.Purpose,
        pass: Int64
    ) {
        self.organization = organization
        self.mailbox = mailbox
        self.folder = folder
        self.epoch = epoch
        self.purpose = purpose
        self.pass = pass
    }
}

/// Writes what pages of facts mean.
public enum MirrorPages {
    /// Plans a page with the rows and the address book of this very transaction, and applies the plan. The caller
    /// stores the checkpoint in the same transaction.
    ///
    /// - Parameter addressBook: what the page was decided by. If it is not the present one any more, the page is decided
    ///   again.
    public static func apply(
        _ tx: any Transaction, _ context: PageContext, _ decided: DecidedPage, by addressBook: VersionedAddressBook,
        now: Int64
    ) throws -> (plan: PagePlan, addressBook: VersionedAddressBook) {
        let book = try AddressBooks.current(tx, context.organization, known: addressBook)
        let page =
            book.version == addressBook.version ? decided : DecidedPage(decided.page, by: book.addressBook)
        let plan = Planner(purpose: context.purpose).plan(page, local: try localRows(tx, context, page))
        try apply(tx, context, plan, now: now)
        return (plan, book)
    }

    /// Stores where a reading of changes stands.
    public static func advance(
        _ tx: any Transaction, _ context: PageContext, to page: ChangePage, noContact: Int, scanComplete: Bool
    ) throws {
        try tx.execute(
            """
            UPDATE folders SET checkpoint = $3, listed = $4, processed = $5, no_contact = no_contact + $6, scan_complete = $7
            WHERE organization_id = $1 AND id = $2
            """,
            [
                .integer(context.organization.rawValue), .integer(context.folder.rawValue),
                .blob(page.checkpoint.bytes),
                .integer(page.listed), .integer(page.processed), .integer(noContact), .bool(scanComplete),
            ])
    }

    /// Stores the outcome of a complete second reading, which counted from nought.
    public static func recount(
        _ tx: any Transaction, _ context: PageContext, to page: ChangePage, noContact: Int
    ) throws {
        try tx.execute(
            """
            UPDATE folders SET checkpoint = $3, listed = $4, processed = $5, no_contact = $6, scan_complete = 1
            WHERE organization_id = $1 AND id = $2
            """,
            [
                .integer(context.organization.rawValue), .integer(context.folder.rawValue),
                .blob(page.checkpoint.bytes),
                .integer(page.listed), .integer(page.processed), .integer(noContact),
            ])
    }

    /// Makes the count of messages without a contact what remains of the provider's count. Only for a folder that was
    /// just read completely while contacts changed: what was counted before and after such a change cannot be added up.
    public static func balanceNoContact(_ tx: any Transaction, _ context: PageContext) throws {
        try tx.execute(
            """
            UPDATE folders SET no_contact = listed
                - (SELECT count(*) FROM locations WHERE organization_id = $1 AND folder_id = $2 AND epoch = $3)
                - (SELECT count(DISTINCT remote_id) FROM excluded_messages
                    WHERE organization_id = $1 AND folder_id = $2 AND epoch = $3)
                - (SELECT count(*) FROM set_asides WHERE organization_id = $1 AND folder_id = $2 AND epoch = $3)
            WHERE organization_id = $1 AND id = $2
            """, key(context))
    }

    /// Changes the count of messages without a contact, for what a search turned up.
    public static func adjustNoContact(_ tx: any Transaction, _ context: PageContext, by difference: Int) throws {
        if difference == 0 { return }
        try tx.execute(
            "UPDATE folders SET no_contact = no_contact + $3 WHERE organization_id = $1 AND id = $2",
            [.integer(context.organization.rawValue), .integer(context.folder.rawValue), .integer(difference)])
    }

    /// Takes the messages off the folder that it held only under earlier epochs, once it was read completely.
    public static func dropOtherEpochs(_ tx: any Transaction, _ context: PageContext) throws {
        try Locations.removeOtherEpochs(
            tx, context.organization, context.folder, keeping: context.epoch, pass: context.pass)
    }

    /// How many mirrored messages stand in a folder.
    public static func mirroredCount(_ tx: any Transaction, _ context: PageContext) throws -> Int {
        Int(
            try tx.integer(
                "SELECT count(*) FROM locations WHERE organization_id = $1 AND folder_id = $2 AND epoch = $3",
                key(context)))
    }

    /// How many of these messages are mirrored in a folder.
    public static func mirroredCount(
        _ tx: any Transaction, _ context: PageContext, among ids: [RemoteMessageID]
    ) throws -> Int {
        Int(
            try tx.integer(
                """
                SELECT count(*) FROM locations WHERE organization_id = $1 AND folder_id = $2 AND epoch = $3
                AND remote_id \(tx.dialect.inTexts("$4"))
                """, key(context) + [.list(ids.map(\.rawValue))]))
    }

    /// The ids of all messages of a folder that have a row: mirrored, excluded or set aside. They are to be asked after
    /// where the provider does not say by itself which messages left.
    public static func known(_ tx: any Transaction, _ context: PageContext) throws -> [RemoteMessageID] {
        try ["locations", "excluded_messages", "set_asides"].flatMap { table in
            try tx.rows(
                "SELECT DISTINCT remote_id FROM \(table) WHERE organization_id = $1 AND folder_id = $2 AND epoch = $3",
                key(context)
            ) { RemoteMessageID(try $0.text(0)) }
        }
    }

    private static func key(_ context: PageContext) -> [Value] {
        [.integer(context.organization.rawValue), .integer(context.folder.rawValue), .text(context.epoch.rawValue)]
    }

    // MARK: Rows for the planner

    private static func localRows(
        _ tx: any Transaction, _ context: PageContext, _ decided: DecidedPage
    ) throws -> LocalRows {
        let page = decided.page
        var local = LocalRows()
        switch page.gone {
        case .none, .reported, .confirmed:
            var named = page.present.map(\.id) + page.unreadable.map(\.id)
            if case .reported(let ids, _) = page.gone { named += ids }
            if case .confirmed(let ids, _) = page.gone { named += ids }
            if try isKnownEmpty(tx, context) { break }
            let names = Value.list(named.map(\.rawValue))
            let filter = "AND remote_id \(tx.dialect.inTexts("$4"))"
            try readLocations(tx, key(context) + [names], filter, into: &local)
        case .allExcept:
            try readLocations(tx, key(context), "", into: &local)
        }
        let standing = Set(page.present.compactMap { local.locations[$0.id] })
        if context.purpose == .rescan {
            for id in standing { local.names[id] = try MessageRows.name(tx, context.organization, id) }
        }
        // Only messages that are to be mirrored need to be recognised, and most are not.
        for message in decided.messages {
            guard let identity = message.content?.identity, !local.isStanding(message.fact) else { continue }
            local.identities[identity] = try tx.first(
                "SELECT id FROM messages WHERE organization_id = $1 AND mailbox_id = $2 AND identity = $3",
                [.integer(context.organization.rawValue), .integer(context.mailbox.rawValue), .blob(identity.bytes)]
            ) { StoredMessageID(try $0.integer(0)) }
        }
        let concerned = standing.union(local.identities.values)
        for id in concerned { local.matches[id] = try MessageRows.matches(tx, context.organization, id) }
        return local
    }

    private static func isKnownEmpty(_ tx: any Transaction, _ context: PageContext) throws -> Bool {
        for table in ["locations", "excluded_messages", "set_asides"] {
            let sql = "SELECT 1 FROM \(table) WHERE organization_id = $1 AND folder_id = $2 AND epoch = $3 LIMIT 1"
            if try tx.exists(sql, key(context)) { return false }
        }
        return true
    }

    private static func readLocations(
        _ tx: any Transaction, _ binds: [Value], _ filter: String, into local: inout LocalRows
    ) throws {
        let condition = "WHERE organization_id = $1 AND folder_id = $2 AND epoch = $3 \(filter)"
        // A place whose message is lost counts for nothing, so that the message is read anew.
        let intact = "AND EXISTS (SELECT 1 FROM messages WHERE messages.id = locations.message_id)"
        try tx.query("SELECT remote_id, message_id FROM locations \(condition) \(intact)", binds) { row in
            local.locations[RemoteMessageID(try row.text(0))] = StoredMessageID(try row.integer(1))
        }
        try tx.query("SELECT remote_id, rule, address_key FROM excluded_messages \(condition)", binds) { row in
            let id = RemoteMessageID(try row.text(0))
            let known = local.excluded[id]?.addresses ?? []
            local.excluded[id] = ExcludedMessage(
                id: id, rule: ExclusionRule(pattern: try row.text(1)), addresses: known.union([try row.text(2)]))
        }
        try tx.query("SELECT remote_id FROM set_asides \(condition)", binds) { row in
            local.setAside.insert(RemoteMessageID(try row.text(0)))
        }
    }

    // MARK: Applying

    private static func apply(_ tx: any Transaction, _ context: PageContext, _ plan: PagePlan, now: Int64) throws {
        let organization = context.organization
        var arrived: [StoredMessageID] = []
        // Before the new ones: an id may have come to mean another message.
        try Locations.remove(tx, organization, context.folder, context.epoch, plan.removedLocations, pass: context.pass)
        for message in plan.inserts {
            let id = try MessageRows.insert(tx, organization, context.mailbox, message, now: now)
            for remoteID in message.ids {
                try Locations.add(tx, organization, context.folder, context.epoch, remoteID, message: id)
            }
            for match in message.matches {
                try MessageRows.addToCard(
                    tx, organization, id, match, mailbox: context.mailbox, sentAt: message.entry.sentAt,
                    dedupeKey: message.entry.dedupeKey)
            }
            arrived.append(id)
        }
        try HiddenConversations.follow(tx, organization, arrived)
        try MessageRows.touchCards(tx, organization, arrived, now: now)
        for location in plan.newLocations {
            try Locations.add(tx, organization, context.folder, context.epoch, location.id, message: location.message)
            try Locations.adopt(tx, organization, location.message)
            try MessageTexts.askAtOnce(tx, organization, location.message)
        }
        for rematch in plan.rematches {
            try MessageRows.setCards(tx, organization, rematch.message, rematch.matches, now: now)
        }
        try forget(tx, context, "excluded_messages", plan.notExcluded + plan.excluded.map(\.id))
        for message in plan.excluded {
            for address in message.addresses.sorted() {
                try tx.execute(
                    """
                    INSERT INTO excluded_messages (organization_id, folder_id, epoch, remote_id, address_key, rule)
                    VALUES ($1, $2, $3, $4, $5, $6)
                    """, key(context) + [.text(message.id.rawValue), .text(address), .text(message.rule.pattern)])
            }
        }
        for message in plan.setAsides {
            try SetAsides.record(tx, context, message, now: now)
        }
        try forget(tx, context, "set_asides", plan.readableAgain)
    }

    private static func forget(
        _ tx: any Transaction, _ context: PageContext, _ table: String, _ ids: [RemoteMessageID]
    ) throws {
        if ids.isEmpty { return }
        try tx.execute(
            """
            DELETE FROM \(table) WHERE organization_id = $1 AND folder_id = $2 AND epoch = $3
            AND remote_id \(tx.dialect.inTexts("$4"))
            """, key(context) + [.list(ids.map(\.rawValue))])
    }
}
