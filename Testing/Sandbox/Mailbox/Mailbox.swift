/// A person's mailbox: folders, messages, calendars, events, and a log of every change to them.
///
/// It knows no provider. The emulated services give it their own ids, tokens and manners. Its methods are named after
/// what the person, or a mail program of theirs, does. Each takes the time at which it is done.
public struct Mailbox: Sendable {
    /// In the order of making. The root is the first.
    public internal(set) var folders: [MailboxFolder] = []
    public internal(set) var messages: [MailboxMessage.ID: MailboxMessage] = [:]
    /// In the order of making. The default calendar is the first.
    public internal(set) var calendars: [MailboxCalendar] = []
    public internal(set) var events: [MailboxEvent.ID: MailboxEvent] = [:]
    /// In order: the line with sequence n stands at n − 1.
    public internal(set) var log: [MailboxChange] = []

    /// Whom a service mailed an invitation to on account of this mailbox's events, each time that it did.
    public internal(set) var invited: [MailboxAddress] = []

    var contents: [MailboxFolder.ID: Set<MailboxMessage.ID>] = [:]
    var lastNumber = 0

    /// A mailbox with the folders that every new one has, and one calendar.
    public init() {
        for (role, name) in Self.initialFolders {
            let folder = MailboxFolder(
                id: .init(rawValue: nextNumber()), name: name, parent: folders.first?.id, role: role,
                isHidden: role == .recoverable)
            folders.append(folder)
        }
        calendars = [MailboxCalendar(id: .init(rawValue: nextNumber()), name: "Calendar", isDefault: true)]
    }

    private static let initialFolders: [(MailboxFolder.Role, String)] = [
        (.root, "Top of Information Store"), (.archive, "Archive"), (.conversationHistory, "Conversation History"),
        (.deleted, "Deleted Items"), (.drafts, "Drafts"), (.inbox, "Inbox"), (.junk, "Junk Email"),
        (.outbox, "Outbox"), (.sent, "Sent Items"), (.syncIssues, "Sync Issues"), (.recoverable, "Deletions"),
    ]

    /// The number of the last line of the log; 0 for a mailbox that nothing has happened to.
    public var sequence: Int { log.count }

    mutating func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    mutating func note(
        _ item: MailboxChange.Item, from: Int?, to: Int?, properties: Set<MailboxChange.Property> = []
    ) {
        log.append(
            MailboxChange(sequence: log.count + 1, item: item, from: from, to: to, properties: properties))
    }
}
