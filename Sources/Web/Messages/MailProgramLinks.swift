import Mail
import Store

/// Links into the person's own mail program, where replying and deleting happen.
struct MailProgramLinks: Sendable {
    /// The message itself (RFC 2392). Nil for mail that stands in others' mailboxes only, or that has no Message-ID.
    let open: String?
    /// A reply to the writer (RFC 6068); of the viewer's own mail, another message to its recipient.
    let reply: String?

    /// - Parameters:
    ///   - isOwn: it stands in the viewer's own mailbox.
    ///   - ownAddresses: the viewer's.
    init(_ message: OpenedMessage, isOwn: Bool, ownAddresses: [String]) {
        open = isOwn ? message.messageID.map { "mid:" + PathText.escaped($0) } : nil
        let own = Set(ownAddresses.compactMap { EmailAddress($0)?.matchKey })
        let isSent = EmailAddress(message.from.address).map { own.contains($0.matchKey) } ?? false
        let partner = isSent ? message.to.first : message.from
        guard let partner, let partner = EmailAddress(partner.address) else {
            reply = nil
            return
        }
        let subject = message.subject.trimmed
        let isReply = subject.lowercased().hasPrefix("re:")
        var fields = ["subject=" + PathText.escaped(isReply ? subject : "Re: " + subject)]
        if let id = message.messageID { fields.append("in-reply-to=" + PathText.escaped("<\(id)>")) }
        let address = PathText.escaped(partner.localPart) + "@" + PathText.escaped(partner.domain)
        reply = "mailto:\(address)?" + fields.joined(separator: "&")
    }
}
