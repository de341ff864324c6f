import CRM
import Store

/// Whose mailboxes a message stands in.
enum MailboxNames {
    /// "your mailbox and Tom Ashworth’s"
    static func list(_ copies: [MessageCopy], viewer: UserID) -> String {
        let own = copies.contains { $0.owner == viewer } ? ["your mailbox"] : []
        let others = copies.filter { $0.owner != viewer }.map { $0.ownerName + "’s" }
        guard let first = others.first else { return own.first ?? "" }
        if own.isEmpty {
            return others.count == 1
                ? first + " mailbox" : "the mailboxes of " + joined(copies.map(\.ownerName))
        }
        return joined(own + others)
    }

    private static func joined(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}
