import CRM
import Store
import Wording

/// Whose mailboxes a message stands in.
enum MailboxNames {
    /// "your mailbox and Tom Ashworth’s"
    static func list(_ copies: [MessageCopy], viewer: UserID) -> Phrase {
        let others = copies.filter { $0.owner != viewer }.map(\.ownerName)
        return list(isOwn: others.count < copies.count, of: others)
    }

    /// - Parameters:
    ///   - isOwn: whether it stands in the viewer's own mailbox.
    ///   - owners: of the others.
    static func list(isOwn: Bool, of owners: [String]) -> Phrase {
        if !isOwn {
            guard owners.count != 1 else { return "\(owners[0])’s mailbox" }
            return owners.isEmpty ? "" : "the mailboxes of \(Phrase.list(owners.map { .verbatim($0) }))"
        }
        return .list(["your mailbox"] + owners.map { "\($0)’s" })
    }
}
