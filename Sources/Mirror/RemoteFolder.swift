/// A folder as the provider lists it.
public struct RemoteFolder: Hashable, Sendable {
    /// Stable across renames where the provider has such an id (MAILBOXID of RFC 8474, Graph's folder id), else the
    /// path. ASCII, since ids are compared as texts and different names may be equal texts.
    public let id: String
    /// How the provider addresses the folder now.
    public let path: String
    /// What a person calls it.
    public let name: String
    public let role: FolderRole
    public let epoch: FolderEpoch
    /// What the provider counted when it listed the folder, where that came with the list. It lets a quiet folder be
    /// confirmed without a further request.
    public let snapshot: FolderSnapshot?

    public init(
        id: String, path: String, name: String, role: FolderRole, epoch: FolderEpoch, snapshot: FolderSnapshot? = nil
    ) {
        self.id = id
        self.path = path
        self.name = name
        self.role = role
        self.epoch = epoch
        self.snapshot = snapshot
    }
}

/// The membership of an IMAP folder in two numbers (RFC 9051, section 2.3.1.1): while neither moves, no message came
/// (that would raise UIDNEXT) and none went (that would lower MESSAGES). HIGHESTMODSEQ is deliberately not here: some
/// servers report it stale, and flags are of no interest to a mirror.
public struct FolderSnapshot: Hashable, Sendable {
    public let messages: Int
    public let uidNext: UInt32

    public init(messages: Int, uidNext: UInt32) {
        self.messages = messages
        self.uidNext = uidNext
    }
}

/// What a folder is for.
public enum FolderRole: String, Hashable, Sendable, CaseIterable {
    case inbox, sent, archive, all, drafts, trash, junk, other
    /// What a mail system keeps for itself: the outbox, protocols of conversations and of its own trouble.
    case service

    /// Drafts, spam and trash are never mirrored (product, section 1.3).
    public var isMirrored: Bool {
        switch self {
        case .inbox, .sent, .archive, .all, .other: true
        case .drafts, .trash, .junk, .service: false
        }
    }
}
