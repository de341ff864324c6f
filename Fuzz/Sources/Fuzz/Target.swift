import IMAPResponses
import Mail

/// What is fed with hostile octets.
enum Target: String, CaseIterable {
    case imap, mime, addresses, words, html

    /// - Returns: which promise was broken, if any. Crashes, hangs and memory are watched by the fuzzer itself.
    func check(_ octets: UnsafeBufferPointer<UInt8>) -> String? {
        switch self {
        case .imap: ServerOctets.check(octets, cut: octets.first.map { Int($0) * octets.count / 256 } ?? 0)
        case .mime: Self.mime(Array(octets))
        case .addresses: Self.addresses(Array(octets))
        case .words: Self.words(Array(octets))
        case .html: Self.html(Array(octets))
        }
    }

    /// Octets of UTF-8 that a text may have here; small, so that the limit is met.
    private static let limit = 4096

    private static func mime(_ octets: [UInt8]) -> String? {
        let message = MIMEMessage.parse(octets)
        let rendered = message.text(limit: limit)
        if rendered.text.utf8.count > limit { return "a text longer than its limit" }
        if let control = rendered.text.unicodeScalars.first(where: { isForbidden($0) }) {
            return "U+\(String(control.value, radix: 16)) in a text"
        }
        for field in message.headerFields { _ = HeaderText.decode(Array(field.rawValue)) }
        for part in message.selection.parts where message.bytes(of: part.section).count > octets.count {
            return "a part longer than its message"
        }
        _ = message.attachments
        _ = QuotedText.segments(of: rendered.text)
        _ = QuotedText.snippet(of: rendered.text)
        return nil
    }

    private static func addresses(_ octets: [UInt8]) -> String? {
        let list = AddressList.parse(octets, limit: 100)
        if list.count > 100 { return "more addresses than the limit" }
        for mailbox in list {
            guard let address = mailbox.address else { continue }
            if address.matchKey.isEmpty || !address.matchKey.contains("@") { return "an address without a key" }
            // What was read must be read again as the same.
            guard let again = EmailAddress(localPart: address.localPart, domain: address.domain) else {
                return "an address that is none: \(address)"
            }
            if again.matchKey != address.matchKey { return "\(again.matchKey) instead of \(address.matchKey)" }
        }
        _ = MessageIDList.parse(octets)
        _ = ParameterizedValue.parse(octets)
        return nil
    }

    private static func words(_ octets: [UInt8]) -> String? {
        let text = HeaderText.decode(octets)
        // A character of an old charset becomes at most 4 octets; a few charsets have letters that become two
        // characters.
        if text.utf8.count > 16 * octets.count + 64 {
            return "a text \(text.utf8.count / max(octets.count, 1)) times as long as its words"
        }
        if text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" || $0 == "\0" }) {
            return "a line end in a header"
        }
        _ = MailDate.parse(octets)
        return nil
    }

    private static func html(_ octets: [UInt8]) -> String? {
        let text = HTMLText.render(utf8: octets, limit: limit)
        if text.utf8.count > limit { return "a text longer than its limit" }
        _ = HTMLText.declaredCharset(in: octets)
        return nil
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        (scalar.value < 0x20 && scalar != "\n" && scalar != "\t") || scalar.value == 0x7f
    }
}
