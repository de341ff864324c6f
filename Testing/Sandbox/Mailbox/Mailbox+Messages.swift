public import Foundation

extension Mailbox {
    /// The messages of a folder, the newest first.
    public func messages(in folder: MailboxFolder.ID) -> [MailboxMessage] {
        contents[folder, default: []].compactMap { messages[$0] }.sorted(by: Self.newestFirst)
    }

    func unreadCount(in folder: MailboxFolder.ID) -> Int {
        contents[folder, default: []].count { messages[$0]?.isRead == false }
    }

    /// Every message that a person can see, the newest first.
    public var visibleMessages: [MailboxMessage] {
        let hidden = folder(.recoverable).id
        return messages.values.filter { $0.folder != hidden }.sorted(by: Self.newestFirst)
    }

    /// The first message with this Message-ID that a person can see.
    public func message(withMessageID id: String) throws(SandboxError) -> MailboxMessage {
        guard let message = visibleMessages.first(where: { $0.letter.messageID == id }) else { throw .noMessage(id) }
        return message
    }

    private static func newestFirst(_ one: MailboxMessage, _ other: MailboxMessage) -> Bool {
        (one.received, one.id) > (other.received, other.id)
    }

    /// Puts a letter into a folder: one that was received, sent, drafted or copied there.
    @discardableResult
    public mutating func deliver(
        _ letter: MailboxLetter, to folder: MailboxFolder.ID, at time: Date, isRead: Bool = false,
        isDraft: Bool = false
    ) -> MailboxMessage.ID {
        let message = MailboxMessage(
            id: .init(rawValue: nextNumber()), letter: letter, folder: folder, received: time, created: time,
            modified: time, isRead: isRead, isDraft: isDraft)
        messages[message.id] = message
        contents[folder, default: []].insert(message.id)
        note(.message(message.id), from: nil, to: folder.rawValue)
        return message.id
    }

    public mutating func move(
        _ id: MailboxMessage.ID, to folder: MailboxFolder.ID, at time: Date
    ) throws(SandboxError) {
        guard var message = messages[id] else { throw .noMessage("\(id.rawValue)") }
        let former = message.folder
        guard former != folder else { return }
        message.folder = folder
        message.formerFolder = former
        message.moves += 1
        message.version += 1
        message.modified = time
        messages[id] = message
        contents[former]?.remove(id)
        contents[folder, default: []].insert(id)
        note(.message(id), from: former.rawValue, to: folder.rawValue)
    }

    /// As mail programs delete: the message goes to Deleted Items.
    public mutating func delete(_ id: MailboxMessage.ID, at time: Date) throws(SandboxError) {
        try move(id, to: folder(.deleted).id, at: time)
    }

    /// Out of every folder that a person sees. The service keeps it for a while, so that `restore` still works.
    public mutating func permanentlyDelete(_ id: MailboxMessage.ID, at time: Date) throws(SandboxError) {
        guard let former = messages[id]?.formerFolder ?? messages[id]?.folder else {
            throw .noMessage("\(id.rawValue)")
        }
        let trash = folder(.deleted).id
        let lay = messages[id]?.folder
        try move(id, to: folder(.recoverable).id, at: time)
        // Restored, it comes back to where the person kept it, not to the trash that it went through.
        messages[id]?.formerFolder = lay == trash ? former : lay
    }

    /// Puts a deleted message back where it was, from Deleted Items or from what was deleted for good.
    public mutating func restore(_ id: MailboxMessage.ID, at time: Date) throws(SandboxError) {
        guard let message = messages[id] else { throw .noMessage("\(id.rawValue)") }
        let former = message.formerFolder.flatMap { folder($0)?.id } ?? folder(.inbox).id
        try move(id, to: former, at: time)
    }

    public mutating func setRead(_ isRead: Bool, of id: MailboxMessage.ID, at time: Date) throws(SandboxError) {
        try change(id, [.isRead], at: time) { $0.isRead = isRead }
    }

    public mutating func setFlagged(_ isFlagged: Bool, of id: MailboxMessage.ID, at time: Date) throws(SandboxError) {
        try change(id, [.flag], at: time) { $0.isFlagged = isFlagged }
    }

    public mutating func setCategories(
        _ categories: [String], of id: MailboxMessage.ID, at time: Date
    ) throws(SandboxError) {
        try change(id, [.categories], at: time) { $0.categories = categories }
    }

    /// Writes a draft anew, or any message, as some programs do.
    public mutating func rewrite(
        _ id: MailboxMessage.ID, as letter: MailboxLetter, at time: Date
    ) throws(SandboxError) {
        try change(id, [.letter], at: time) { $0.letter = letter }
    }

    private mutating func change(
        _ id: MailboxMessage.ID, _ properties: Set<MailboxChange.Property>, at time: Date,
        _ edit: (inout MailboxMessage) -> Void
    ) throws(SandboxError) {
        guard var message = messages[id] else { throw .noMessage("\(id.rawValue)") }
        edit(&message)
        message.version += 1
        message.modified = time
        messages[id] = message
        note(.message(id), from: message.folder.rawValue, to: message.folder.rawValue, properties: properties)
    }
}
