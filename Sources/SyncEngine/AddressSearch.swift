import CRM
import Database
import Logging
import Mail
import Mirror
import Store

/// Asks the provider for the mail of addresses that were added to contacts, and for messages that were set aside.
struct AddressSearch: Sendable {
    let context: MailboxContext
    let textsWanted: @Sendable () -> Void

    /// Addresses asked for in one search; longer searches are refused by some servers.
    private static let batch = 10

    /// Asks for all addresses that wait. Folders that are not read completely yet are searched as far as they are read;
    /// the rest of them is read with the addresses known.
    func backfill() async throws {
        let (organization, mailbox) = (context.organization, context.mailbox)
        while true {
            let pending = try await context.read {
                try Backfills.pending($0, organization, mailbox, limit: Self.batch)
            }
            if pending.isEmpty { return }
            let addresses = pending.compactMap { EmailAddress($0.address) }
            for folder in try await folders() {
                guard let checkpoint = folder.checkpoint else { continue }
                if folder.missingSincePass != nil {
                    try await readAnew(folder, after: nil)
                    continue
                }
                do {
                    try await context.source.find(addresses, in: folder.remote, coveredBy: checkpoint) {
                        facts, unreadable in
                        try await write(folder, facts, unreadable: unreadable)
                    }
                } catch let error as SourceError where error.concernsFolder {
                    try await readAnew(folder, after: error)
                }
            }
            try await context.write { try Backfills.done($0, organization, mailbox, pending) }
            context.logger.info("mail of added addresses searched", metadata: ["addresses": "\(pending.count)"])
        }
    }

    /// Tries again to read the messages that were set aside and are due.
    func retrySetAsides() async throws {
        let (organization, mailbox, now) = (context.organization, context.mailbox, context.now())
        var before: [FolderID: [RemoteMessageID]] = [:]
        while true {
            let due = try await context.read { try SetAsides.due($0, organization, mailbox, now: now) }
            // What neither became readable nor was put off is left for the next time.
            if due.isEmpty || due == before { return }
            before = due
            for folder in try await folders() where folder.checkpoint != nil && folder.missingSincePass == nil {
                guard let ids = due[folder.id] else { continue }
                do {
                    let (present, unreadable) = try await context.source.describe(ids, in: folder.remote)
                    try await write(folder, present, unreadable: unreadable)
                } catch let error as SourceError where error.concernsFolder {
                    try await context.write {
                        try Folders.setTrouble($0, organization, folder.id, error.sentence)
                    }
                }
            }
        }
    }

    private func folders() async throws -> [FolderRow] {
        let (organization, mailbox) = (context.organization, context.mailbox)
        return try await context.read { try Folders.list($0, organization, mailbox) }
    }

    /// Whatever becomes of a folder that cannot be searched, it is read from the start with the addresses known.
    /// - Parameter error: nil where it is not listed.
    private func readAnew(_ folder: FolderRow, after error: SourceError?) async throws {
        let organization = context.organization
        try await context.write { try Folders.forgetCheckpoint($0, organization, folder.id) }
        context.logger.notice(
            "a folder could not be searched and will be read anew",
            metadata: ["folder": .string(folder.path), "reason": .string(error?.sentence.english ?? "")])
    }

    private func write(_ folder: FolderRow, _ facts: [MessageFact], unreadable: [UnreadableMessage]) async throws {
        guard let checkpoint = folder.checkpoint else { return }
        let pageContext = PageContext(
            organization: context.organization, mailbox: context.mailbox, folder: folder.id, epoch: folder.epoch,
            purpose: .search, pass: 0)
        let page = ChangePage(
            present: facts, unreadable: unreadable, listed: folder.listed, processed: folder.processed,
            isScanComplete: folder.scanComplete, checkpoint: checkpoint)
        let (book, now) = (context.addressBook.value, context.now())
        let decided = DecidedPage(page, by: book.addressBook)
        let (plan, newBook) = try await context.write { tx in
            let applied = try MirrorPages.apply(tx, pageContext, decided, by: book, now: now)
            try MirrorPages.adjustNoContact(tx, pageContext, by: applied.plan.noContact)
            return applied
        }
        context.addressBook.update(newBook)
        if !plan.inserts.isEmpty { textsWanted() }
    }
}
