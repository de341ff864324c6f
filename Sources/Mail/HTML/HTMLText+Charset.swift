extension HTMLText {
    /// Bytes of a document in which its charset can be declared. The standard reads 1024; programs that write mail put
    /// long comments and styles before.
    public static let charsetPrefixLimit = 4096

    /// The charset that the document declares in a `<meta>` element, in lower case, as the HTML standard looks for it
    /// (section 13.2.3.2, "prescan a byte stream to determine its encoding"). `nil` when it declares none.
    ///
    /// A byte order mark is not looked at. A declared UTF-16 counts as `utf-8`, since it could not have been read so
    /// far otherwise, and `x-user-defined` as `windows-1252`; other labels are returned as they stand, known or not.
    public static func declaredCharset(in bytes: [UInt8]) -> String? {
        var scan = HTMLCharsetPrescan(bytes.prefix(charsetPrefixLimit))
        return scan.run()
    }
}

/// The algorithm's position in the bytes.
private struct HTMLCharsetPrescan {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    mutating func run() -> String? {
        while let mark = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
            position = mark
            if starts(with: "<!--") {
                guard let end = endOfComment() else { return nil }
                position = end
            } else if starts(with: "<meta"), let next = byte(5), next.isHTMLSpace || next == UInt8(ascii: "/") {
                position += 5
                if let charset = meta() { return charset }
            } else if let next = byte(1),
                next.isASCIILetter || (next == UInt8(ascii: "/") && byte(2)?.isASCIILetter == true)
            {
                while let next = byte(0), !next.isHTMLSpace, next != UInt8(ascii: ">") { position += 1 }
                while attribute() != nil {}
            } else if starts(with: "<!") || starts(with: "</") || starts(with: "<?") {
                guard let end = bytes[position...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
                position = end
            } else {
                position += 1
            }
        }
        return nil
    }

    private func byte(_ offset: Int) -> UInt8? {
        position + offset < bytes.endIndex ? bytes[position + offset] : nil
    }

    private func starts(with text: StaticString) -> Bool {
        text.withUTF8Buffer { text in
            text.indices.allSatisfy { byte($0)?.asciiLowercased == text[$0] }
        }
    }

    /// Past "-->", whose dashes may be those of "<!--".
    private func endOfComment() -> Int? {
        var index = position + 4
        while index < bytes.endIndex {
            if bytes[index] == UInt8(ascii: ">"), bytes[index - 1] == UInt8(ascii: "-"),
                bytes[index - 2] == UInt8(ascii: "-")
            {
                return index + 1
            }
            index += 1
        }
        return nil
    }

    private mutating func meta() -> String? {
        var names: Set<String> = []
        var isContentType = false
        var needsContentType: Bool?
        var charset: String?
        while let (name, value) = attribute() {
            guard names.insert(name).inserted else { continue }
            switch name {
            case "http-equiv": if value == "content-type" { isContentType = true }
            case "content":
                if charset == nil, let found = Self.charset(inContentType: value) {
                    charset = found
                    needsContentType = true
                }
            case "charset":
                charset = value
                needsContentType = false
            default: break
            }
        }
        guard let needsContentType, !needsContentType || isContentType else { return nil }
        let label = charset?.trimmingHTMLSpace() ?? ""
        switch label {
        case "": return nil
        case "utf-16", "utf-16le", "utf-16be", "utf16", "unicode", "ucs-2": return "utf-8"
        case "x-user-defined": return "windows-1252"
        default: return label
        }
    }

    /// "Get an attribute": its name and value in lower case; `nil` at the end of the tag.
    private mutating func attribute() -> (name: String, value: String)? {
        while let next = byte(0), next.isHTMLSpace || next == UInt8(ascii: "/") { position += 1 }
        guard let first = byte(0), first != UInt8(ascii: ">") else { return nil }
        var name: [UInt8] = []
        while let next = byte(0) {
            if next == UInt8(ascii: "="), !name.isEmpty { break }
            if next.isHTMLSpace || next == UInt8(ascii: "/") || next == UInt8(ascii: ">") { break }
            name.append(next.asciiLowercased)
            position += 1
        }
        while byte(0)?.isHTMLSpace == true { position += 1 }
        let text = String(decoding: name, as: UTF8.self)
        guard byte(0) == UInt8(ascii: "=") else { return (text, "") }
        position += 1
        while byte(0)?.isHTMLSpace == true { position += 1 }
        return (text, value())
    }

    private mutating func value() -> String {
        var value: [UInt8] = []
        guard let quote = byte(0) else { return "" }
        let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        if isQuoted { position += 1 }
        while let next = byte(0) {
            if isQuoted ? next == quote : next.isHTMLSpace || next == UInt8(ascii: ">") { break }
            value.append(next.asciiLowercased)
            position += 1
        }
        if isQuoted, position < bytes.endIndex { position += 1 }
        return String(decoding: value, as: UTF8.self)
    }

    /// "Extracting a character encoding from a meta element": what follows `charset=` in "text/html; charset=utf-8".
    private static func charset(inContentType value: String) -> String? {
        var rest = Array(value.utf8)[...]
        let word = Array("charset".utf8)
        while rest.count > word.count {
            guard rest.starts(with: word) else {
                rest = rest.dropFirst()
                continue
            }
            let after = rest.dropFirst(word.count).drop(while: \.isHTMLSpace)
            guard after.first == UInt8(ascii: "=") else {
                rest = after
                continue
            }
            var label = after.dropFirst().drop(while: \.isHTMLSpace)
            if let quote = label.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                label = label.dropFirst()
                guard let end = label.firstIndex(of: quote) else { return nil }
                label = label[..<end]
            } else {
                label = label.prefix { !$0.isHTMLSpace && $0 != UInt8(ascii: ";") }
            }
            return label.isEmpty ? nil : String(decoding: label, as: UTF8.self)
        }
        return nil
    }
}

extension String {
    fileprivate func trimmingHTMLSpace() -> String {
        var bytes = utf8.drop(while: \.isHTMLSpace)
        while let last = bytes.last, last.isHTMLSpace { bytes = bytes.dropLast() }
        return String(bytes) ?? self
    }
}
