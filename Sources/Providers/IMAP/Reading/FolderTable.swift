import IMAP
import Mirror

/// Turns a server's list of mailboxes into folders with roles.
struct FolderTable {
    let listings: [MailboxListing]
    let foreignPrefixes: [[UInt8]]
    let isUTF8: Bool
    /// Gmail: \All holds what no other mailbox holds, and no trash.
    let allIsStore: Bool

    func folders() -> [RemoteFolder] {
        var uses: [MailboxName: SpecialUse] = [:]
        var assigned: Set<SpecialUse> = []
        for listing in listings {
            guard let use = SpecialUse(attributes: listing.attributes) else { continue }
            uses[listing.name] = use
            assigned.insert(use)
        }
        // Names count only for what no attribute tells, at the top or right below the inbox.
        for listing in listings where uses[listing.name] == nil && !listing.name.isInbox {
            guard let leaf = topName(listing), let use = SpecialUse(name: leaf), !assigned.contains(use) else {
                continue
            }
            uses[listing.name] = use
        }
        return listings.compactMap { listing in folder(listing, use: inherited(listing, uses)) }
    }

    private func folder(_ listing: MailboxListing, use: SpecialUse?) -> RemoteFolder? {
        guard listing.isSelectable, !foreignPrefixes.contains(where: { listing.name.bytes.starts(with: $0) }) else {
            return nil
        }
        let role: FolderRole
        switch use {
        case .flagged: return nil
        case .all:
            guard allIsStore else { return nil }
            role = .all
        case .archive: role = .archive
        case .drafts: role = .drafts
        case .junk: role = .junk
        case .sent: role = .sent
        case .trash: role = .trash
        case nil: role = listing.name.isInbox ? .inbox : .other
        }
        let path = FolderPath.text(listing.name)
        let status = listing.status
        var snapshot: FolderSnapshot?
        if let messages = status?.messages, let uidNext = status?.uidNext {
            snapshot = FolderSnapshot(messages: messages, uidNext: uidNext)
        }
        return RemoteFolder(
            id: path, path: path, name: shownName(listing), role: role,
            epoch: FolderEpoch(String(status?.uidValidity ?? 0)), snapshot: snapshot)
    }

    /// The special use of the mailbox itself, or of one that it lies in: what is below the trash is trash.
    private func inherited(_ listing: MailboxListing, _ uses: [MailboxName: SpecialUse]) -> SpecialUse? {
        if let own = uses[listing.name] { return own }
        guard let delimiter = listing.delimiter else { return nil }
        var bytes = listing.name.bytes
        while let cut = bytes.lastIndex(of: delimiter) {
            bytes = Array(bytes[..<cut])
            if let use = uses[MailboxName(bytes: bytes)], use == .trash || use == .junk || use == .drafts { return use }
        }
        return nil
    }

    /// The name of a mailbox at the top, or right below INBOX or [Gmail].
    private func topName(_ listing: MailboxListing) -> String? {
        let path = listing.name.decoded(isUTF8: isUTF8)
        guard let delimiter = listing.delimiter else { return path }
        let parts = path.split(separator: Character(UnicodeScalar(delimiter)), omittingEmptySubsequences: true)
        if parts.count == 1 { return parts.first.map(String.init) }
        let root = parts.first?.uppercased()
        return parts.count == 2 && (root == "INBOX" || root == "[GMAIL]") ? parts.last.map(String.init) : nil
    }

    private func shownName(_ listing: MailboxListing) -> String {
        if listing.name.isInbox { return "Inbox" }
        var parts = [listing.name.decoded(isUTF8: isUTF8)]
        if let delimiter = listing.delimiter {
            parts = parts[0].split(separator: Character(UnicodeScalar(delimiter)), omittingEmptySubsequences: true).map(
                String.init)
        }
        if parts.count > 1, parts[0].uppercased() == "INBOX" { parts.removeFirst() }
        return parts.joined(separator: " / ")
    }
}

/// Mailbox names as text and back, losslessly: names that are not UTF-8 are written in hexadecimal digits.
enum FolderPath {
    private static let mark = "\u{1}hex:"

    static func text(_ name: MailboxName) -> String {
        if let text = String(validating: name.bytes, as: UTF8.self), !text.hasPrefix(mark) { return text }
        return mark + name.bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    static func name(_ text: String) -> MailboxName {
        guard text.hasPrefix(mark) else { return MailboxName(bytes: Array(text.utf8)) }
        let digits = Array(text.dropFirst(mark.count))
        return MailboxName(
            bytes: stride(from: 0, to: digits.count - 1, by: 2).compactMap {
                UInt8(String(digits[$0...($0 + 1)]), radix: 16)
            })
    }
}
