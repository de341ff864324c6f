/// An email address: an addr-spec of RFC 5322, section 3.4.1, in which both sides may be written in any script (RFC
/// 6532, RFC 5890).
///
/// Read leniently, since mail has what it has: any local part of up to 256 octets (RFC 5321 grants 64), dots at any
/// place in it, a domain of one label. A value that exists can be compared and shown; whether mail can be sent to it is
/// another question.
public struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    /// Of the local part and of the whole address, in octets.
    static let localPartLimit = 256
    static let limit = 998

    /// As written, except that quotes stand only where they are needed.
    public let localPart: String
    /// As written, without a trailing dot; internationalised labels in Unicode.
    public let domain: String

    /// Reads an address as a person, a file or a field gives it: blanks around it, comments, angle brackets, single
    /// quotes and `mailto:` are dropped. nil for what is no address.
    public init?(_ text: String) {
        guard text.utf8.count <= 2 * Self.limit else { return nil }
        if let address = Self(specification: text) {
            self = address
        } else if let address = Self(specification: Self.stripped(text)) {
            self = address
        } else {
            return nil
        }
    }

    /// - Parameters:
    ///   - localPart: with or without its quotes.
    ///   - domain: in ASCII or Unicode, or a domain literal in brackets.
    public init?(localPart: String, domain: String) {
        let localPart = Self.trimmed(localPart)
        var content = localPart
        if localPart.utf8.first == UInt8(ascii: "\"") {
            let bytes = Array(localPart.utf8)[...]
            if let quoted = QuotedString(at: 0, in: bytes), quoted.end == bytes.endIndex {
                content = String(decoding: quoted.content, as: UTF8.self)
            }
        }
        self.init(localPartContent: content, domain: Self.trimmed(domain))
    }

    private init?(specification text: String) {
        guard let specification = AddressSpecification(Array(text.utf8)[...]) else { return nil }
        self.init(
            localPartContent: String(decoding: specification.localPart, as: UTF8.self),
            domain: String(decoding: specification.domain, as: UTF8.self))
    }

    private init?(localPartContent content: String, domain: String) {
        guard let localPart = Self.written(content), MailDomain.canonical(domain) != nil else { return nil }
        self.localPart = localPart
        // By scalars: what stands before a dot may make one character of both.
        let isRooted = domain.utf8.last == UInt8(ascii: ".")
        self.domain = MailDomain.shown(isRooted ? String(domain.unicodeScalars.dropLast()) : domain)
        guard localPart.utf8.count + domain.utf8.count < Self.limit else { return nil }
    }

    /// The one spelling that addresses are compared by: the local part in lower case, "@", the domain in lower case and
    /// ASCII (RFC 5891).
    public var matchKey: String {
        let domain = MailDomain.canonical(domain) ?? domain
        if localPart.utf8.allSatisfy({ $0 < 0x80 }) {
            return String(decoding: localPart.utf8.map(\.asciiLowercased), as: UTF8.self) + "@" + domain
        }
        return UnicodeForm.composed(UnicodeForm.lowercased(localPart)) + "@" + domain
    }

    public var description: String { "\(localPart)@\(domain)" }

    /// The local part in quotes where it needs them. nil where it is empty, too long or holds what no address can.
    private static func written(_ content: String) -> String? {
        guard !content.isEmpty, content.utf8.count <= localPartLimit else { return nil }
        var isPlain = true
        var isASCII = true
        var isBlank = true
        for byte in content.utf8 {
            if byte >= 0x80 { isASCII = false }
            if byte < 0x20 || byte == 0x7F { return nil }
            if byte != 0x20 { isBlank = false }
            if !byte.isAtomText, byte != UInt8(ascii: ".") { isPlain = false }
        }
        guard !isBlank, isASCII || content.unicodeScalars.allSatisfy({ $0 == " " || !$0.isBlankOrInvisible }) else {
            return nil
        }
        if isPlain { return content }
        var quoted = "\""
        for scalar in content.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted.unicodeScalars.append("\\") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    private static func trimmed(_ text: String) -> String {
        guard let first = text.utf8.first, let last = text.utf8.last,
            first <= 0x20 || first >= 0x7F || last <= 0x20 || last >= 0x7F
        else { return text }
        var scalars = Substring(text).unicodeScalars
        while let first = scalars.first, first.isBlankOrInvisible { scalars.removeFirst() }
        while let last = scalars.last, last.isBlankOrInvisible { scalars.removeLast() }
        return String(scalars)
    }

    private static func stripped(_ text: String) -> String {
        var text = trimmed(text)
        for (open, close) in [("<", ">"), ("'", "'")]
        where text.hasPrefix(open) && text.hasSuffix(close) && text.utf8.count > 2 {
            text = trimmed(String(text.dropFirst().dropLast()))
        }
        let scheme = "mailto:"
        if text.utf8.prefix(scheme.utf8.count).elementsEqual(scheme.utf8, by: { $0.asciiLowercased == $1 }) {
            text = trimmed(String(text.dropFirst(scheme.utf8.count)))
        }
        return text
    }
}
