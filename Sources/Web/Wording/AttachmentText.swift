import Store
import Wording

/// The attachments of a message in one line. They stay in the mailbox.
enum AttachmentText {
    /// More are counted, not named.
    static let limit = 6

    /// "2 attachments in the mailbox: offer.pdf, 84 KB; plan.xlsx, 1.2 MB", or nil where there are none.
    static func line(_ attachments: [StoredAttachment]) -> Phrase? {
        let count = attachments.count
        if count == 0 { return nil }
        var named: [Phrase] = attachments.prefix(limit).map { attachment in
            let name = attachment.name.trimmed.nonEmpty.map { Phrase.verbatim($0) } ?? "unnamed"
            return "\(name), \(Quantity.size(attachment.size))"
        }
        let more = count - limit
        if more > 0 {
            named.append(.counting(more, one: "and \(count: more) more", other: "and \(count: more) more"))
        }
        let names = Phrase.enumeration(named)
        return .counting(
            count, one: "\(count: count) attachment in the mailbox: \(names)",
            other: "\(count: count) attachments in the mailbox: \(names)")
    }
}
