import Mail

/// A content line of a vCard (RFC 6350, section 3.3), unfolded: `item1.EMAIL;TYPE=work;PREF=1:jane@firm.example`.
struct VCardProperty {
    /// In upper case, without the group.
    let name: String
    /// In upper case. A parameter without a name, as vCard 2.1 has them, is one of TYPE.
    private(set) var parameters: [(name: String, value: String)] = []
    /// As it stands in the line.
    let value: [UInt8]

    /// Nil for a line without a colon.
    init?(_ line: [UInt8]) {
        var isQuoted = false
        let colon = line.firstIndex { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return byte == UInt8(ascii: ":") && !isQuoted
        }
        guard let colon else { return nil }
        let parts = Self.split(line[..<colon], at: UInt8(ascii: ";")).map { String(decoding: $0, as: UTF8.self) }
        let first = parts.first ?? ""
        name = first.split(separator: ".", omittingEmptySubsequences: false).last.map { $0.uppercased() } ?? ""
        for part in parts.dropFirst() {
            let sides = part.split(separator: "=", maxSplits: 1)
            let value = (sides.last ?? "").replacing("\"", with: "").uppercased()
            parameters.append((sides.count == 2 ? sides[0].uppercased() : "TYPE", value))
        }
        value = Array(line[line.index(after: colon)...])
    }

    var isQuotedPrintable: Bool {
        parameters.contains { $0.value == "QUOTED-PRINTABLE" && ($0.name == "ENCODING" || $0.name == "TYPE") }
    }

    /// How much it is preferred: 1 most (RFC 6350, section 5.3); PREF of versions before counts as 1.
    var preference: Int {
        for (name, value) in parameters {
            if name == "PREF", let number = Int(value) { return number }
            if name == "TYPE", value.split(separator: ",").contains("PREF") { return 1 }
        }
        return 101
    }

    /// Of a telephone number: one that nobody answers stands behind all others.
    var phonePreference: Int {
        let isSpoken = !parameters.contains { parameter in
            parameter.name == "TYPE"
                && parameter.value.split(separator: ",").contains { ["FAX", "PAGER"].contains($0) }
        }
        return isSpoken ? preference : preference + 1_000
    }

    /// The value without its transfer encoding, escapes still in it.
    private var text: [UInt8] {
        guard isQuotedPrintable else { return value }
        let charset = parameters.first { $0.name == "CHARSET" }?.value
        return Array(Charset.decode(QuotedPrintable.decode(value), label: charset).utf8)
    }

    /// A value of one text, escapes undone (RFC 6350, section 3.4).
    var line: String { Self.unescaped(text[...]) }

    /// The parts of a structured value such as N and ORG.
    var components: [String] { Self.split(text[...], at: UInt8(ascii: ";"), escapes: true).map(Self.unescaped) }

    private static func split(
        _ bytes: ArraySlice<UInt8>, at separator: UInt8, escapes: Bool = false
    ) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        var isQuoted = false
        var index = start
        while index < bytes.endIndex {
            if escapes, bytes[index] == UInt8(ascii: "\\") {
                index += 1
            } else if !escapes, bytes[index] == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if bytes[index] == separator, !isQuoted {
                parts.append(bytes[start..<index])
                start = index + 1
            }
            index += 1
        }
        return parts + [bytes[start...]]
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "\\"), let next = rest.next() else {
                text.append(byte)
                continue
            }
            switch next {
            case UInt8(ascii: "n"), UInt8(ascii: "N"): text.append(0x0A)
            case UInt8(ascii: "\\"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"): text.append(next)
            default: text += [byte, next]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
