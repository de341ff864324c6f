/// The parts of a message that a person reads, and the names of the rest.
public struct TextSelection: Hashable, Sendable {
    /// Parts of text that are taken from one message. Real mail has up to some ten (pictures between paragraphs, a
    /// list's footer).
    public static let partLimit = 50

    /// Text to fetch, in reading order.
    public var parts: [SelectedPart]
    /// What stays in the mailbox, in the message's order.
    public var attachments: [AttachmentSummary]

    public init(parts: [SelectedPart], attachments: [AttachmentSummary]) {
        self.parts = parts
        self.attachments = attachments
    }

    /// Chooses the best text of a message:
    ///
    /// - of `multipart/alternative` the plain text, unless it is a stub beside the HTML;
    /// - of `multipart/mixed` and unknown multiparts every text that is not a file, in order;
    /// - of `multipart/related` the root, of `multipart/signed` the first part, of `multipart/report` the part for
    ///   people;
    /// - of `multipart/encrypted` nothing;
    /// - an attached message, a delivery status, a calendar entry only where the message has no other text.
    ///
    /// All else is named as an attachment, but for signatures and for pictures that belong to the HTML.
    public static func choose(in root: PartDescription) -> TextSelection {
        var walk = TextSelectionWalk()
        walk.visit(root, acceptsFile: !root.isMultipart, depth: 0)
        let parts = walk.parts.isEmpty ? walk.lastResort(depth: 0) : walk.parts
        return TextSelection(parts: Array(parts.prefix(partLimit)), attachments: walk.attachments)
    }
}
