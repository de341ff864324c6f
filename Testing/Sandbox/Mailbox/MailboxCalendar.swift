/// A calendar of a mailbox.
public struct MailboxCalendar: Hashable, Sendable {
    public struct ID: Hashable, Sendable, RawRepresentable {
        public let rawValue: Int

        public init(rawValue: Int) { self.rawValue = rawValue }
    }

    public let id: ID
    public internal(set) var name: String
    public let isDefault: Bool
    /// Whether the mailbox's owner may write into it; a colleague's that is shared may be readable only.
    public internal(set) var canEdit = true
    /// Whose it is; nil for the mailbox's owner.
    public internal(set) var owner: MailboxAddress?
    public internal(set) var version = 1
}
