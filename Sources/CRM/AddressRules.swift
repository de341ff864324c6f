import Mail

/// What a person may enter as an email address. Stricter than what is read from mail, so that slips are caught.
enum AddressRules {
    /// The address, or nil: no blanks and separators outside quotes, and a domain of at least two labels.
    static func address(_ text: String) -> EmailAddress? {
        let text = FieldRules.trimmed(text)
        guard let address = EmailAddress(text), FieldRules.domain(address.domainKey) != nil else { return nil }
        if text.hasPrefix("\"") { return address }
        let separators: Set<Character> = [",", ";", ":", "<", ">", "(", ")", "[", "]", "@", "\\", "\""]
        guard !address.localPart.contains(where: { $0.isWhitespace || separators.contains($0) }) else { return nil }
        return address
    }
}

extension EmailAddress {
    /// The domain in the one spelling that domains are compared by: in lower case and ASCII form (RFC 5891).
    public var domainKey: String {
        matchKey.lastIndex(of: "@").map { String(matchKey[matchKey.index(after: $0)...]) } ?? domain.lowercased()
    }
}
