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
            id: FolderPath.id(listing.name), path: path, name: shownName(listing), role: role,
            epoch: FolderEpoch(String(status?.uidValidity ?? 0)), snapshot: snapshot)
    }

    /// Levels below which nothing is looked for; names come from the server, of any length.
    private static let levelLimit = 50
    /// Characters of a name that are shown.
    private static let shownLimit = 250

    /// The special use of the mailbox itself, or of the nearest one that it lies in: what is below the trash is trash.
    private func inherited(_ listing: MailboxListing, _ uses: [MailboxName: SpecialUse]) -> SpecialUse? {
        if let own = uses[listing.name] { return own }
        guard let delimiter = listing.delimiter else { return nil }
        let bytes = listing.name.bytes
        var nearest: SpecialUse?
        var start = 0
        for _ in 0..<Self.levelLimit {
            guard let cut = bytes[start...].firstIndex(of: delimiter) else { break }
            if let use = uses[MailboxName(bytes: Array(bytes[..<cut]))], use == .trash || use == .junk || use == .drafts
            {
                nearest = use
            }
            start = cut + 1
        }
        return nearest
    }

    /// The name of a mailbox at the top, or right below INBOX or [Gmail].
    private func topName(_ listing: MailboxListing) -> String? {
        let path = listing.name.decoded(isUTF8: isUTF8)
        guard let delimiter = listing.delimiter else { return path }
        let parts = path.split(
            separator: Character(UnicodeScalar(delimiter)), maxSplits: 3, omittingEmptySubsequences: true)
        if parts.count == 1 { return parts.first.map(String.init) }
        let root = parts.first?.uppercased()
        return parts.count == 2 && (root == "INBOX" || root == "[GMAIL]") ? parts.last.map(String.init) : nil
    }

    private func shownName(_ listing: MailboxListing) -> String {
        if listing.name.isInbox { return "Inbox" }
        let path = listing.name.decoded(isUTF8: isUTF8)
        var parts = [path.prefix(Self.shownLimit)]
        if let delimiter = listing.delimiter {
            parts = path.prefix(Self.shownLimit).split(
                separator: Character(UnicodeScalar(delimiter)), omittingEmptySubsequences: true)
        }
        if parts.count > 1, parts[0].uppercased() == "INBOX" { parts.removeFirst() }
        let name = parts.joined(separator: " / ")
        return path.dropFirst(Self.shownLimit).isEmpty ? name : name + "…"
    }
}
