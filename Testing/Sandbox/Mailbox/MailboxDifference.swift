/// What happened to one item of a container between two lines of the change log.
enum MailboxDifference<ID: Hashable & Sendable>: Hashable, Sendable {
    /// It came into the container; all of it is news.
    case appeared(ID)
    /// It stayed, and these parts changed.
    case changed(ID, Set<MailboxChange.Property>)
    /// It left: to another container, or (where `forGood`) out of the mailbox.
    case left(ID, forGood: Bool)

    var id: ID {
        switch self {
        case .appeared(let id), .changed(let id, _), .left(let id, _): id
        }
    }
}
