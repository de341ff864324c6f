import CRM
import Store
import Wording

/// Whose mail one user sees, and why.
struct Sight: Sendable {
    let id: String
    let name: String
    let rule: Phrase
    let lines: [Line]
    let isEmpty: Bool
    /// Nil where all fit.
    let choice: Choice?

    struct Line: Sendable {
        let owner: String
        let person: Person
        let address: String
        let reason: Phrase
    }

    /// Which mailboxes are seen of too many.
    struct Choice: Sendable {
        let leftOut: Phrase
        /// How many may be chosen.
        let room: Int
        let options: [Option]
    }

    struct Option: Sendable {
        let owner: String
        let name: String
        let reason: Phrase
        let isSeen: Bool
    }

    /// - Parameter chosen: whom an administrator chose in a form that was refused; nil for those that are seen.
    init(_ user: User, _ visible: VisibleMailboxes, chosen: Set<UserID>? = nil) {
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
                leftOut: .counting(
                    visible.leftOut, one: "\(count: visible.leftOut) mailbox is left out",
                    other: "\(count: visible.leftOut) mailboxes are left out"), room: Visibility.limit - own,
                options: (visible.mailboxes.filter { !$0.reason.isOwn }.map { ($0, true) }
                    + visible.omitted.map { ($0, false) }).map { mailbox, isSeen in
                        Option(
                            owner: mailbox.owner.description, name: mailbox.ownerName, reason: mailbox.reason.sentence,
                            isSeen: chosen?.contains(mailbox.owner) ?? isSeen)
                    })
    }
}

extension Visibility.Reason {
    /// Why a viewer sees a mailbox.
    var sentence: Phrase {
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
