import Mirror
import Synchronization

/// A mailbox in memory that a test plays the remote user of: messages are delivered, moved, deleted, folders renamed,
/// UIDs reset.
///
/// It keeps UIDs as an IMAP server does (RFC 9051, section 2.3.1.1): ascending, never used twice within one
/// UIDVALIDITY.
public final class FakeMailbox: Sendable {
    /// A message as the test made it.
    public struct Message: Hashable, Sendable {
        public var headers: MessageHeaders
        public var internalDate: Int64
        public var size: Int
        public var text: String

        public init(headers: MessageHeaders, internalDate: Int64, size: Int = 1000, text: String = "Hello.") {
            self.headers = headers
            self.internalDate = internalDate
            self.size = size
            self.text = text
        }

        /// Names the message in comparisons.
        public var messageID: String { String(decoding: headers.messageID, as: UTF8.self) }
    }

    struct Folder {
        var name: String
        var role: FolderRole
        var uidValidity: UInt32
        var uidNext: UInt32 = 1
        var messages: [UInt32: Message] = [:]
        /// UIDs that left, in order, since the folder was made.
        var expunged: [UInt32] = []
    }

    struct State {
        var folders: [String: Folder] = [:]
        var nextValidity: UInt32 = 1000
        /// Called before a folder is read, to play what happens between two reads.
        var beforeReading: (@Sendable (String) -> Void)?
        /// Called while a folder is read, before each page but the first.
        var betweenPages: (@Sendable () async throws -> Void)?
        var failure: SourceError?
        /// Folders that are listed and do not open.
        var refused: Set<String> = []
        /// Folders that are not listed.
        var hidden: Set<String> = []
        var unreadable: Set<String> = []
        var unreadableTexts: Set<String> = []
        var liesAboutVanished: Set<UInt32> = []
        var textRequests = 0
        var listings = 0
    }

    let state = Mutex(State())

    public init() {
        for (name, role) in [
            ("INBOX", FolderRole.inbox), ("Sent", .sent), ("Projects", .other), ("Trash", .trash), ("Junk", .junk),
            ("Drafts", .drafts),
        ] {
            createFolder(name, role: role)
        }
    }

    // MARK: What the remote user does

    public func createFolder(_ name: String, role: FolderRole = .other) {
        state.withLock { state in
            state.nextValidity += 1
            state.folders[name] = Folder(name: name, role: role, uidValidity: state.nextValidity)
        }
    }

    public func deleteFolder(_ name: String) {
        state.withLock { $0.folders[name] = nil }
    }

    public func renameFolder(_ name: String, to newName: String) {
        state.withLock { state in
            guard var folder = state.folders.removeValue(forKey: name) else { return }
            folder.name = newName
            state.folders[newName] = folder
        }
    }

    @discardableResult
    public func deliver(_ message: Message, to folder: String) -> UInt32 {
        state.withLock { state in
            guard let uid = state.folders[folder]?.uidNext else { return 0 }
            state.folders[folder]?.messages[uid] = message
            state.folders[folder]?.uidNext += 1
            return uid
        }
    }

    public func expunge(_ uid: UInt32, in folder: String) {
        state.withLock { state in
            if state.folders[folder]?.messages.removeValue(forKey: uid) != nil {
                state.folders[folder]?.expunged.append(uid)
            }
        }
    }

    public func move(_ uid: UInt32, from: String, to: String) {
        guard let message = state.withLock({ $0.folders[from]?.messages[uid] }) else { return }
        guard state.withLock({ $0.folders[to] != nil }) else { return }
        deliver(message, to: to)
        expunge(uid, in: from)
    }

    public func copy(_ uid: UInt32, from: String, to: String) {
        guard let message = state.withLock({ $0.folders[from]?.messages[uid] }) else { return }
        deliver(message, to: to)
    }

    /// The server rebuilt the folder: the same messages under other UIDs.
    public func resetUIDValidity(of name: String) {
        state.withLock { state in
            guard let old = state.folders[name] else { return }
            state.nextValidity += 1
            var folder = Folder(name: name, role: old.role, uidValidity: state.nextValidity)
            for (_, message) in old.messages.sorted(by: { $0.key > $1.key }) {
                folder.messages[folder.uidNext] = message
                folder.uidNext += 1
            }
            state.folders[name] = folder
        }
    }

    // MARK: What the test looks at

    public func uids(in folder: String) -> [UInt32] {
        state.withLock { $0.folders[folder]?.messages.keys.sorted() ?? [] }
    }

    public var folderNames: [String] { state.withLock { $0.folders.keys.sorted() } }

    public func role(of folder: String) -> FolderRole? { state.withLock { $0.folders[folder]?.role } }

    /// The messages in folders that are mirrored.
    public var mirroredMessages: [Message] {
        state.withLock { $0.folders.values.filter(\.role.isMirrored).flatMap(\.messages.values) }
    }

    /// How many texts were asked for so far.
    public var textRequests: Int { state.withLock { $0.textRequests } }

    /// How many complete listings were asked for so far.
    public var listings: Int { state.withLock { $0.listings } }

    // MARK: What goes wrong

    public func beforeReading(_ action: (@Sendable (String) -> Void)?) {
        state.withLock { $0.beforeReading = action }
    }

    public func betweenPages(_ action: (@Sendable () async throws -> Void)?) {
        state.withLock { $0.betweenPages = action }
    }

    /// These folders are listed and do not open.
    public func refuse(_ folders: Set<String>) { state.withLock { $0.refused = folders } }

    /// These folders exist and are not listed.
    public func hide(_ folders: Set<String>) { state.withLock { $0.hidden = folders } }

    /// Every request fails with this until it is nil again.
    public func fail(with error: SourceError?) {
        state.withLock { $0.failure = error }
    }

    /// Messages, by Message-ID, whose headers cannot be read.
    public func setUnreadable(_ messageIDs: Set<String>) {
        state.withLock { $0.unreadable = messageIDs }
    }

    public func setUnreadableTexts(_ messageIDs: Set<String>) {
        state.withLock { $0.unreadableTexts = messageIDs }
    }

    /// UIDs that the server reports as vanished from every folder although they are there.
    public func lieAboutVanished(_ uids: Set<UInt32>) {
        state.withLock { $0.liesAboutVanished = uids }
    }
}
