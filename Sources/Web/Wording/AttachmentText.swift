import Store

/// The attachments of a message in one line. They stay in the mailbox.
enum AttachmentText {
    /// More are counted, not named.
    static let limit = 6

    /// "2 attachments in the mailbox: offer.pdf, 84 KB; plan.xlsx, 1.2 MB", or nil where there are none.
    static func line(_ attachments: [StoredAttachment]) -> String? {
        if attachments.isEmpty { return nil }
        let named = attachments.prefix(limit).map { attachment in
            "\(attachment.name.trimmed.nonEmpty ?? "unnamed"), \(Quantity.size(attachment.size))"
        }
        let more = attachments.count > limit ? "; and \(attachments.count - limit) more" : ""
        return Quantity.of(attachments.count, "attachment", "attachments") + " in the mailbox: "
            + named.joined(separator: "; ") + more
    }
}
