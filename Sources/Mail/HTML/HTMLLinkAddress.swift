/// Where a link leads, as it is shown behind the link's text.
struct HTMLLinkAddress {
    /// The address in UTF-8: without `mailto:` and `tel:`, cut at its query when it is long.
    let shown: [UInt8]
    /// Telephone numbers are compared by their digits alone.
    private let isTelephone: Bool

    /// - Parameter href: the attribute. `nil` when there is nothing to show: fragments, paths without a base, scripts,
    ///   images inside the mail.
    init?(_ href: ArraySlice<UInt8>) {
        let address = Self.cleaned(href)
        guard let colon = address.prefix(12).firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let scheme = String(decoding: address[..<colon].map(\.asciiLowercased), as: UTF8.self)
        let rest = address[(colon + 1)...]
        guard !rest.isEmpty else { return nil }
        isTelephone = scheme == "tel" || scheme == "sms" || scheme == "callto"
        switch scheme {
        case "http", "https", "ftp", "ftps", "sftp":
            // An address ends behind two slashes at the earliest.
            guard rest.count > 2, rest.starts(with: Array("//".utf8)) else { return nil }
            shown = Self.shortened(Self.unwrapped(address) ?? address)
        case "mailto", "tel", "sms", "callto", "sip":
            shown = Self.shortened(Self.percentDecoded(rest.prefix { $0 != UInt8(ascii: "?") }))
            if shown.isEmpty { return nil }
        case "webcal", "news", "irc", "xmpp", "geo", "skype", "msteams", "whatsapp", "mid":
            shown = Self.shortened(address)
        default:
            return nil
        }
    }

    /// Whether a link's text already says the address, be it without "https://", "www." or the last slash.
    func isShown(by text: ArraySlice<UInt8>) -> Bool {
        if isTelephone { return text.filter(\.isASCIIDigit).elementsEqual(shown.filter(\.isASCIIDigit)) }
        return Self.bare(text).elementsEqual(Self.bare(shown[...]))
    }

    /// What two writings of an address share: lower case, no scheme, no "www.", no slash at the end.
    private static func bare(_ address: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        // A link may span a whole page; its text is then no address.
        guard address.count <= 2 * HTMLText.addressLimit else { return address }
        var bare = address.map(\.asciiLowercased)[...].drop(while: \.isHTMLSpace)
        while let last = bare.last, last == UInt8(ascii: "/") || last.isHTMLSpace { bare.removeLast() }
        for prefix in ["https://", "http://", "mailto:", "www."] where bare.starts(with: Array(prefix.utf8)) {
            bare = bare.dropFirst(prefix.utf8.count)
        }
        return bare
    }

    /// Without white space around and control characters within, spaces as "%20": an address never breaks its line.
    private static func cleaned(_ href: ArraySlice<UInt8>, keepsSpaces: Bool = false) -> [UInt8] {
        var text = href.drop { $0 <= 0x20 }
        while let last = text.last, last <= 0x20 { text.removeLast() }
        guard text.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) else { return Array(text) }
        var cleaned: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            let end = min(index + length, text.endIndex)
            if byte == 0x20 {
                cleaned += keepsSpaces ? [0x20] : Array("%20".utf8)
            } else if length > 1 {
                if HTMLCharacterRole(text[index..<end]) == .visible { cleaned += text[index..<end] }
            } else if byte > 0x20, byte < 0x7F {
                cleaned.append(byte)
            }
            index = end
        }
        return cleaned
    }

    /// At most ``HTMLText/addressLimit`` bytes: a longer address loses its query, then its end.
    private static func shortened(_ address: [UInt8]) -> [UInt8] {
        guard address.count > HTMLText.addressLimit else { return address }
        let ellipsis = Array("…".utf8)
        if let query = address.firstIndex(of: UInt8(ascii: "?")), query < HTMLText.addressLimit - 4 {
            return address[...query] + ellipsis
        }
        var end = HTMLText.addressLimit - ellipsis.count
        while end > 0, address[end] & 0xC0 == 0x80 { end -= 1 }
        return address[..<end] + ellipsis
    }

    /// The address that Microsoft's "Safe Links" stand for: their `url` parameter.
    private static func unwrapped(_ address: [UInt8]) -> [UInt8]? {
        let mark = Array(".safelinks.protection.outlook.com/".utf8)
        // Their host names are short: "eur01.safelinks.protection.outlook.com".
        guard address.count > mark.count, let dot = address.firstIndex(of: UInt8(ascii: ".")), dot < 24,
            address[dot...].starts(with: mark), let query = address.firstIndex(of: UInt8(ascii: "?"))
        else { return nil }
        for field in address[(query + 1)...].split(separator: UInt8(ascii: "&"))
        where field.starts(with: Array("url=".utf8)) {
            let target = cleaned(percentDecoded(field.dropFirst(4))[...])
            let isWeb = target.starts(with: Array("http://".utf8)) || target.starts(with: Array("https://".utf8))
            return isWeb ? target : nil
        }
        return nil
    }

    /// "%40" and its like replaced, unless that gives malformed text.
    private static func percentDecoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard text.contains(UInt8(ascii: "%")) else { return Array(text) }
        var decoded: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "%"), index + 2 < text.endIndex, let high = text[index + 1].hexadecimalValue,
                let low = text[index + 2].hexadecimalValue
            {
                decoded.append(UInt8(high << 4 | low))
                index += 3
            } else {
                decoded.append(text[index])
                index += 1
            }
        }
        let isValid = (try? UTF8Span(validating: decoded.span)) != nil
        return isValid ? cleaned(decoded[...], keepsSpaces: true) : Array(text)
    }
}
