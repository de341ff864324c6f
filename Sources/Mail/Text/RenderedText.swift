/// The readable text of a message.
public struct RenderedText: Hashable, Sendable {
    /// Plain text with line ends `\n`, without control characters other than tab, without blanks at line ends.
    public var text: String
    /// The message has more than this, left out because of a limit.
    public var isTruncated: Bool

    public init(text: String, isTruncated: Bool) {
        self.text = text
        self.isTruncated = isTruncated
    }
}
