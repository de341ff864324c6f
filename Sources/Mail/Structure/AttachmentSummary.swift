/// An attachment as a card names it. Its content stays in the mailbox.
public struct AttachmentSummary: Hashable, Sendable {
    /// The file name, or the subject of an attached message; `nil` where the sender gave none.
    public var name: String?
    /// Octets of the decoded content, about: for base64 it follows from the length of the encoded text, to within a
    /// line.
    public var size: Int
    /// Type and subtype in lower case, for example `application/pdf`.
    public var mediaType: String

    public init(name: String?, size: Int, mediaType: String) {
        self.name = name
        self.size = size
        self.mediaType = mediaType
    }
}
