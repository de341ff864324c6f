import CRM
import Database
import Store

/// The address at which a page hears that something on it changed.
struct LiveAddress: Sendable, Hashable {
    let topic: LiveTopic
    /// Marks the last change that the page already shows.
    let since: String

    /// To be read in the transaction that the page is read in, so that no change falls between the two.
    init(_ topic: LiveTopic, _ tx: any Transaction, _ marks: ChangeMarks) throws {
        self.topic = topic
        since = try marks.mark(try Changes.last(tx))
    }

    var path: String { PathText.with("/events", ["topic": topic.description, "since": since]) }
}

/// What a page is about, and so which changes concern it.
enum LiveTopic: Hashable, Sendable {
    case contact(ContactID)
    case account(AccountID)
    case mailbox(MailboxID)
    /// The lists of contacts and of accounts.
    case lists
    /// Meetings and tasks.
    case tasks
    /// Mail on any card: what a search finds, and the conversation of a message.
    case emails

    func concerns(_ change: Change) -> Bool {
        if change.isAnything { return true }
        switch self {
        case .contact(let contact): return change.contact == contact
        case .account(let account): return change.account == account
        case .mailbox(let mailbox): return change.mailbox == mailbox
        // Mail and activities that come and go do not change a list.
        case .lists: return change.mailbox == nil && change.activity == nil
        // Names of contacts and accounts stand beside them.
        case .tasks: return change.mailbox == nil
        case .emails: return change.activity == nil
        }
    }

    /// Changes that come in quick succession, as in a first sync, are told together, at most so often. A search costs
    /// more than a card, and every mailbox that may be read concerns it.
    var pause: Duration { self == .emails ? .seconds(1) : .milliseconds(150) }
}

/// As it stands in the address: "contact-12".
extension LiveTopic: LosslessStringConvertible {
    var description: String {
        switch self {
        case .contact(let id): "contact-\(id)"
        case .account(let id): "account-\(id)"
        case .mailbox(let id): "mailbox-\(id)"
        case .lists: "lists"
        case .tasks: "tasks"
        case .emails: "emails"
        }
    }

    init?(_ description: String) {
        let parts = description.split(separator: "-", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count > 1 ? parts[1] : nil) {
        case ("lists", nil): self = .lists
        case ("tasks", nil): self = .tasks
        case ("emails", nil): self = .emails
        case ("contact", let id?):
            guard let id = ContactID(id) else { return nil }
            self = .contact(id)
        case ("account", let id?):
            guard let id = AccountID(id) else { return nil }
            self = .account(id)
        case ("mailbox", let id?):
            guard let id = MailboxID(id) else { return nil }
            self = .mailbox(id)
        default: return nil
        }
    }
}
