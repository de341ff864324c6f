import CRM
import Store

/// Whose mail one user sees, and why.
struct Sight: Sendable {
    let id: String
    let name: String
    let rule: String
    let lines: [Line]
    let isEmpty: Bool
    /// Nil where all fit.
    let choice: Choice?

    struct Line: Sendable {
        let owner: String
        let person: Person
        let address: String
        let reason: String
    }

    /// Which mailboxes are seen of too many.
    struct Choice: Sendable {
        let leftOut: String
        /// How many may be chosen.
        let room: Int
        let options: [Option]
    }

    struct Option: Sendable {
        let owner: String
        let name: String
        let reason: String
        let isSeen: Bool
    }

    init(_ user: User, _ visible: VisibleMailboxes) {
        id = user.id.description
        name = user.name
        rule =
            user.isActive
            ? "Besides their own mail: \(user.level.sentence)." : "Someone who left sees nothing."
        lines = visible.mailboxes.map { mailbox in
            Line(
                owner: mailbox.owner.description, person: Person(mailbox.ownerName), address: mailbox.address,
                reason: mailbox.reason.sentence)
        }
        isEmpty = visible.mailboxes.isEmpty
        let own = visible.mailboxes.filter(\.reason.isOwn).count
        choice =
            visible.omitted.isEmpty
            ? nil
            : Choice(
                leftOut: Quantity.of(visible.leftOut, "mailbox is", "mailboxes are"), room: Visibility.limit - own,
                options: (visible.mailboxes.filter { !$0.reason.isOwn }.map { ($0, true) }
                    + visible.omitted.map { ($0, false) }).map { mailbox, isSeen in
                        Option(
                            owner: mailbox.owner.description, name: mailbox.ownerName, reason: mailbox.reason.sentence,
                            isSeen: isSeen)
                    })
    }
}

extension Visibility.Reason {
    /// Why a viewer sees a mailbox.
    var sentence: String {
        switch self {
        case .own: "Their own"
        case .ownSeat: "Their own, sync-only"
        case .below: "Below them"
        case .equal: "Their equal"
        case .belowAnEqual: "Below an equal of theirs"
        case .everyone: "Sees everyone"
        }
    }
}
