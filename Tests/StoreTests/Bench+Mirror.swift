import CRM
import Database
import Mirror
import Store

extension Bench {
    func context(
        _ folder: FolderID, _ purpose: Planner.Purpose = .arrival, pass: Int64 = 1, epoch: String = "1"
    ) -> PageContext {
        PageContext(
            organization: organization, mailbox: folder == bobsInbox ? bobs : anns, folder: folder,
            epoch: FolderEpoch(epoch), purpose: purpose, pass: pass)
    }

    /// Writes a page with its checkpoint, as the engine does.
    ///
    /// - Parameter listed: what the provider counts; the messages of the page on top of those before where it is nil.
    @discardableResult
    func apply(
        _ present: [MessageFact], unreadable: [UInt32] = [], gone: Gone = .none, in folder: FolderID,
        _ purpose: Planner.Purpose = .arrival, pass: Int64 = 1, epoch: String = "1", listed: Int? = nil,
        isScanComplete: Bool = true, now: Int64 = Bench.now
    ) async throws -> PagePlan {
        let context = context(folder, purpose, pass: pass, epoch: epoch)
        return try await write { tx, organization in
            let before = try Folders.find(tx, organization, folder)
            let read = present.count + unreadable.count
            let processed = (before?.processed ?? 0) + read
            let page = ChangePage(
                present: present,
                unreadable: unreadable.map { UnreadableMessage(id: RemoteMessageID(uid: $0), reason: "BAD") },
                gone: gone,
                listed: listed ?? processed, processed: processed, isScanComplete: isScanComplete,
                checkpoint: Checkpoint(bytes: Array("\(processed)".utf8)))
            let (plan, _) = try MirrorPages.apply(
                tx, context, DecidedPage(page, by: VersionedAddressBook.none.addressBook), by: .none, now: now)
            if purpose == .search {
                try MirrorPages.adjustNoContact(tx, context, by: plan.noContact)
            } else {
                try MirrorPages.advance(tx, context, to: page, noContact: plan.noContact, scanComplete: isScanComplete)
            }
            return plan
        }
    }

    /// The folder's part of the mailbox page.
    func accounting(_ folder: FolderID) async throws -> Accounting {
        let mailbox = folder == bobsInbox ? bobs : anns
        return try await read { tx, organization in
            try MailboxAccounting.folders(tx, organization, mailbox).first { $0.id == folder }?.accounting
                ?? Accounting()
        }
    }

    /// Stores the texts of all messages that wait for one.
    func fetchTexts(_ mailbox: MailboxID, _ text: @escaping @Sendable (PendingText) -> String = { _ in "Text" })
        async throws
    {
        try await write { tx, organization in
            for pending in try MessageTexts.pending(tx, organization, mailbox, now: Self.now, limit: 10_000) {
                try MessageTexts.record(
                    tx, organization, [.text(pending.message, StoredText(fetched(text(pending))))], now: Self.now)
            }
        }
    }

    func row(_ folder: FolderID) async throws -> FolderRow? {
        try await read { tx, organization in try Folders.find(tx, organization, folder) }
    }

    /// Ends a pass over Ann's folders; returns how many messages went.
    @discardableResult
    func settle(before pass: Int64) async throws -> Int {
        try await write { [anns] tx, organization in
            try Orphans.settle(tx, organization, anns, before: pass, now: Self.now)
        }
    }

    /// The number of the last change of the feed.
    func lastChange() async throws -> Int64 { try await read { tx, _ in try Changes.last(tx) } }

    func changes(after number: Int64) async throws -> [Change] {
        try await read { tx, _ in try Changes.after(tx, number).changes }
    }

    func mirrored(_ context: PageContext) async throws -> [String] {
        try await read { tx, _ in
            try tx.rows(
                "SELECT remote_id FROM locations WHERE folder_id = $1 AND epoch = $2",
                [.integer(context.folder.rawValue), .text(context.epoch.rawValue)]
            ) { try $0.text(0) }
        }
    }

    // MARK: Cards

    /// A whole card as a user sees it, page by page.
    func card(
        _ card: Card, for viewer: UserID, filter: CardFilter = CardFilter(), pageSize: Int = 50
    ) async throws -> [CardEntry] {
        try await read { tx, organization in
            let visible = try VisibleMailboxes.of(tx, organization, viewer: viewer)
            var entries: [CardEntry] = []
            var key: CardKey?
            repeat {
                let page = try Cards.page(
                    tx, organization, card, visible: visible, filter: filter, after: key, limit: pageSize)
                entries += page.entries
                key = page.next
            } while key != nil
            return entries
        }
    }

    /// The subjects on a card.
    func subjects(_ card: Card, for viewer: UserID, filter: CardFilter = CardFilter()) async throws -> [String] {
        try await self.card(card, for: viewer, filter: filter).map(\.subject)
    }

    func open(_ message: StoredMessageID, for viewer: UserID) async throws -> OpenedMessage? {
        try await read { tx, organization in
            try OpenedMessages.find(
                tx, organization, message, visible: try VisibleMailboxes.of(tx, organization, viewer: viewer))
        }
    }
}
