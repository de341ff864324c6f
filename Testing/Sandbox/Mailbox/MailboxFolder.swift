/// A folder, in the tree under the mailbox's root.
public struct MailboxFolder: Hashable, Sendable {
    /// Never used twice in one mailbox.
    public struct ID: Hashable, Sendable, RawRepresentable {
        public let rawValue: Int

        public init(rawValue: Int) { self.rawValue = rawValue }
    }

    /// What a mail service keeps the folder for.
    public enum Role: String, Hashable, Sendable, CaseIterable {
        case root
        case inbox
        case drafts
        case sent
        case deleted
        case junk
        case outbox
        case archive
        case conversationHistory
        case syncIssues
        /// What a person deleted for good and an administrator can still get back.
        case recoverable
        case other
    }

    public let id: ID
    public internal(set) var name: String
    public internal(set) var parent: ID?
    public let role: Role
    public internal(set) var isHidden: Bool
    /// Where it lay before it was deleted.
    var formerParent: ID?
}
