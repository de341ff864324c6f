import CRM
import Database
import Mail
import Mirror
import Store
import Testing

@testable import Web

/// A message for a mailbox that no engine reads.
struct PlantedLetter: Sendable {
    /// Equal in two mailboxes for copies of one message.
    let id: String
    /// "Name <address>", or an address alone.
    var from: String
    var to: [String]
    var cc: [String] = []
    var bcc: [String] = []
    var subject: String
    var text = "Hello."
    /// The name of an attached file.
    var file: String?
    var at: Int64 = 1_789_000_000
    var answering: String?
    /// In bytes. With another size it is another message in the same mailbox, whatever else is equal.
    var size = 1_000
}

extension WebBench {
    /// Puts letters into a mailbox as a reading of it would, texts and all.
    ///
    /// - Parameter other: whose mailbox it is; the bench's organisation where it is nil.
    func plant(_ letters: [PlantedLetter], in mailbox: MailboxID, of other: OrganizationID? = nil) async throws {
        try await write { tx, organization in
            let organization = other ?? organization
            let remote = RemoteFolder(
                id: "INBOX", path: "INBOX", name: "Inbox", role: .inbox, epoch: FolderEpoch("1"), snapshot: nil)
            let folder = try Folders.upsert(tx, organization, mailbox, remote)
            let context = PageContext(
                organization: organization, mailbox: mailbox, folder: folder, epoch: FolderEpoch("1"),
                purpose: .rescan, pass: 1)
            let book = try AddressBooks.current(tx, organization, known: .none)
            let page = ChangePage(
                present: letters.map(\.fact), listed: letters.count, processed: letters.count, isScanComplete: true,
                checkpoint: Checkpoint(bytes: []))
            _ = try MirrorPages.apply(
                tx, context, DecidedPage(page, by: book.addressBook), by: book, now: 1_790_000_000)
            var waiting = letters
            for pending in try MessageTexts.pending(tx, organization, mailbox, now: 1_790_000_000, limit: 100) {
                let name = try tx.first(
                    "SELECT message_id, subject, size FROM messages WHERE id = $1", [.integer(pending.message.rawValue)]
                ) { (try $0.optionalText(0), try $0.text(1), Int(try $0.integer(2))) }
                let place = waiting.firstIndex {
                    $0.id == name?.0 && HeaderText.decode(Array($0.subject.utf8)) == name?.1 && $0.size == name?.2
                }
                let letter = waiting.remove(at: try #require(place))
                try MessageTexts.record(tx, organization, [.text(pending.message, letter.stored())], now: 1_790_000_000)
            }
        }
    }
}

extension PlantedLetter {
    fileprivate var fact: MessageFact {
        MessageFact(
            id: RemoteMessageID(id + subject + "\(size)"), stableID: nil, internalDate: at, size: size,
            headers: MessageHeaders(
                from: [Self.header(from)], to: to.map(Self.header), cc: cc.map(Self.header), bcc: bcc.map(Self.header),
                subject: Array(subject.utf8), messageID: Array("<\(id)>".utf8),
                inReplyTo: answering.map { Array("<\($0)>".utf8) } ?? []))
    }

    fileprivate func stored() throws -> StoredText {
        let files = file.map { [AttachmentSummary(name: $0, size: 4_000, mediaType: "application/pdf")] } ?? []
        return try StoredText(FetchedText(text: text, isTruncated: false, attachments: files, references: []))
    }

    private static func header(_ text: String) -> HeaderAddress {
        let parts = text.split(separator: " <", maxSplits: 1)
        let address = (parts.last ?? "").filter { $0 != ">" }.split(separator: "@", maxSplits: 1)
        return HeaderAddress(
            name: parts.count > 1 ? Array(parts[0].utf8) : nil, localPart: Array(address[0].utf8),
            domain: Array(address[1].utf8))
    }
}
