/// A mailbox of an address field: a name and an address (RFC 5322, section 3.4), as far as both could be read.
public struct MailboxAddress: Hashable, Sendable {
    /// Decoded, on one line; nil where there is none or it only repeats the address.
    public let displayName: String?
    /// nil where what stands there is no address.
    public let address: EmailAddress?
    /// What stood in the address's place, decoded for people; the name where nothing stood there.
    public let raw: String

    /// Reads the parts as IMAP's ENVELOPE gives them (RFC 9051, section 7.5.2).
    ///
    /// - Parameters:
    ///   - nameBytes: encoded words or raw 8-bit text; nil for NIL.
    ///   - localPartBytes: `addr-mailbox`, with or without quotes.
    ///   - domainBytes: `addr-host`; empty for NIL. The words that servers put in place of a domain that is missing are
    ///     no domain.
    public init(nameBytes: [UInt8]?, localPartBytes: [UInt8], domainBytes: [UInt8]) {
        let address = Self.address(localPartBytes: localPartBytes, domainBytes: domainBytes)
        var standing = ""
        if address == nil {
            if !Self.isMissingLocalPart(localPartBytes) { standing = HeaderText.decode(localPartBytes) }
            if !Self.isMissingDomain(domainBytes) { standing += "@" + HeaderText.decode(domainBytes) }
        }
        self.init(nameBytes: nameBytes ?? [], address: address, standing: standing)
    }

    /// The address alone, for those who only compare: names are not decoded. Parameters as above.
    public static func address(localPartBytes: [UInt8], domainBytes: [UInt8]) -> EmailAddress? {
        guard !isMissingLocalPart(localPartBytes) else { return nil }
        let localPart = HeaderCharset.text(localPartBytes, label: nil)
        guard !isMissingDomain(domainBytes) else {
            return localPart.utf8.contains(UInt8(ascii: "@")) ? EmailAddress(localPart) : nil
        }
        let domain = HeaderCharset.text(domainBytes, label: nil)
        return EmailAddress(localPart: localPart, domain: domain) ?? salvaged(localPart: localPart, domain: domain)
    }

    /// - Parameter standing: what stands in the address's place; of no account where there is an address.
    init(nameBytes: [UInt8], address: EmailAddress?, standing: String) {
        let name = Self.cleanedName(nameBytes)
        let raw = address?.description ?? (standing.isEmpty ? name : standing)
        self.address = address
        self.raw = raw
        displayName = name.isEmpty || name == raw || address != nil && Self.repeats(name, raw) ? nil : name
    }

    /// What servers write where the field has no domain: Dovecot, UW IMAP and its descendants, Cyrus.
    private static let missingDomains: Set<String> = [
        "missing_domain", "missing-domain", "missing-host-name", "syntax-error", "syntax_error", "unspecified-domain",
    ]

    private static func isMissingDomain(_ bytes: [UInt8]) -> Bool {
        guard !bytes.isEmpty else { return true }
        guard (10...31).contains(bytes.count), ".msu".utf8.contains(bytes[0].asciiLowercased) else { return false }
        var name = bytes.map(\.asciiLowercased)[...]
        if name.first == UInt8(ascii: "."), name.last == UInt8(ascii: ".") { name = name.dropFirst().dropLast() }
        return missingDomains.contains(String(decoding: name, as: UTF8.self))
    }

    /// Dovecot's word for a local part that is missing.
    private static func isMissingLocalPart(_ bytes: [UInt8]) -> Bool {
        bytes.isEmpty || bytes.elementsEqual("MISSING_MAILBOX".utf8)
    }

    /// Without the brackets, quotes and separators that servers leave on what they could not take apart.
    private static func salvaged(localPart: String, domain: String) -> EmailAddress? {
        let start = localPart.drop { " <\"'".contains($0) }
        let end = domain.reversed().drop { " >\"',;)".contains($0) }.reversed()
        return EmailAddress(localPart: String(start), domain: String(end))
    }

    /// On one line, without the quotes that some programs write inside of the quotes.
    private static func cleanedName(_ bytes: [UInt8]) -> String {
        guard !bytes.isEmpty else { return "" }
        var name = HeaderText.decode(bytes)
        for quote: Character in ["\"", "'"] where name.count > 2 && name.first == quote && name.last == quote {
            let inside = name.dropFirst().dropLast()
            if !inside.contains(quote) { name = VisibleText.cleaned(String(inside), trimming: true) }
        }
        guard name.utf8.contains(0x20) else { return name }
        return name.split(separator: " ").joined(separator: " ")
    }

    /// - Parameter raw: the address.
    private static func repeats(_ name: String, _ raw: String) -> Bool {
        guard abs(name.utf8.count - raw.utf8.count) <= 2 else { return false }
        let bare =
            name.utf8.first == UInt8(ascii: "<") && name.utf8.last == UInt8(ascii: ">")
            ? name.dropFirst().dropLast() : name[...]
        return bare.utf8.elementsEqual(raw.utf8) { $0.asciiLowercased == $1.asciiLowercased }
    }
}
