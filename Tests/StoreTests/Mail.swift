import Mail
import Mirror

/// An address as a provider gives it.
func header(_ address: String, name: String? = nil) -> HeaderAddress {
    let at = address.lastIndex(of: "@") ?? address.endIndex
    return HeaderAddress(
        name: name.map { Array($0.utf8) }, localPart: Array(address[..<at].utf8),
        domain: Array(address[at...].dropFirst().utf8))
}

/// A message as a provider describes it, named by its Message-ID "<name@x>" and dated by its arrival.
func mail(
    _ uid: UInt32, _ name: String, from: String = "ann@acme.example", to: [String] = [], cc: [String] = [],
    bcc: [String] = [], subject: String? = nil, at date: Int64 = 1_700_000_000, answers: String? = nil,
    size: Int = 1_000
) -> MessageFact {
    MessageFact(
        id: RemoteMessageID(uid: uid), stableID: nil, internalDate: date, size: size,
        headers: MessageHeaders(
            from: [header(from)], to: to.map { header($0) }, cc: cc.map { header($0) }, bcc: bcc.map { header($0) },
            subject: Array((subject ?? "About \(name)").utf8), messageID: Array("<\(name)@x>".utf8),
            inReplyTo: Array((answers.map { "<\($0)@x>" } ?? "").utf8)))
}

func fetched(_ text: String, references: [String] = [], attachments: [AttachmentSummary] = []) -> FetchedText {
    FetchedText(text: text, isTruncated: false, attachments: attachments, references: references.map { $0 + "@x" })
}
