/// A letter that a client sent through the sandbox.
public struct SentLetter: Hashable, Sendable {
    /// The object id of the account that sent it.
    public var account: String
    public var letter: MailboxLetter
    /// Whether a copy went to Sent Items.
    public var isSaved: Bool
}
