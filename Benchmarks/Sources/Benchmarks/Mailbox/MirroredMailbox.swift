import CRM
import Database
import Mirror
import Store

/// A mailbox whose mail is put into the mirror as a first sync would, without a mail server.
struct MirroredMailbox: Sendable {
    let organization: OrganizationID
    let owner: UserID
    let address: String
    let messages: Int
    let now: Int64
    /// The message of a number below ``messages``.
    let fact: @Sendable (Int) -> MessageFact
    let text: @Sendable (PendingText) -> FetchedText

    func fill(_ database: any Database) async throws {
        let endpoint = ServerEndpoint(host: "127.0.0.1", port: 1, security: .tls)
        let settings = MailboxSettings(address: address, imap: endpoint, smtp: endpoint)
        let (mailbox, inbox) = try await database.write { tx in
            let mailbox = try Mailboxes.create(
                tx, organization, user: owner, settings: settings, addressKey: address, provider: "imap", now: now)
            try Mailboxes.setStatus(tx, organization, mailbox, .upToDate)
            let remote = RemoteFolder(
                id: "INBOX", path: "INBOX", name: "Inbox", role: .inbox, epoch: FolderEpoch("1"), snapshot: nil)
            return (mailbox, try Folders.upsert(tx, organization, mailbox, remote))
        }
        let context = PageContext(
            organization: organization, mailbox: mailbox, folder: inbox, epoch: FolderEpoch("1"), purpose: .rescan,
            pass: 1)
        let book = try await database.read { try AddressBooks.current($0, organization, known: .none) }
        for start in stride(from: 0, to: messages, by: 1_000) {
            let facts = (start..<min(start + 1_000, messages)).map(fact)
            let page = ChangePage(
                present: facts, listed: messages, processed: start + facts.count, isScanComplete: false,
                checkpoint: Checkpoint(bytes: []))
            let decided = DecidedPage(page, by: book.addressBook)
            try await database.write { tx in
                _ = try MirrorPages.apply(tx, context, decided, by: book, now: now)
                let texts = try MessageTexts.pending(tx, organization, mailbox, now: now, limit: 2_000)
                try MessageTexts.record(
                    tx, organization, try texts.map { .text($0.message, try StoredText(text($0))) }, now: now)
            }
        }
    }
}
