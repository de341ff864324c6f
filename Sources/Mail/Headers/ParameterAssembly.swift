/// Puts parameters together from their pieces and decodes them (RFC 2231, sections 3 and 4).
struct ParameterAssembly {
    /// A parameter's forms; in each the first that comes counts.
    private struct Forms {
        /// `name`.
        var plain: [UInt8]?
        /// `name*`.
        var extended: [UInt8]?
        /// `name*0`, `name*1*`, …
        var pieces: [Int: Piece] = [:]
    }

    private struct Piece {
        let value: [UInt8]
        let isExtended: Bool
    }

    private var forms: [[UInt8]: Forms] = [:]

    mutating func add(name: [UInt8], value: [UInt8]) {
        let name = name.map(\.asciiLowercased)
        let parts = name.split(separator: UInt8(ascii: "*"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let base = parts.first, !base.isEmpty else { return }
        var entry = forms[Array(base)] ?? Forms()
        if parts.count == 1 {
            entry.plain = entry.plain ?? value
        } else if parts[1].allSatisfy({ $0 == UInt8(ascii: "*") }) {
            entry.extended = entry.extended ?? value
        } else if let index = Self.index(parts[1].prefix { $0 != UInt8(ascii: "*") }) {
            let isExtended = parts[1].last == UInt8(ascii: "*")
            if entry.pieces[index] == nil { entry.pieces[index] = Piece(value: value, isExtended: isExtended) }
        } else {
            return
        }
        forms[Array(base)] = entry
    }

    func parameters() -> [String: String] {
        var parameters: [String: String] = [:]
        for (name, entry) in forms {
            let name = VisibleText.cleaned(HeaderCharset.text(name, label: nil), trimming: true)
            let isDelimiter = name == "boundary"
            if let extended = entry.extended {
                parameters[name] = Self.decoded([Piece(value: extended, isExtended: true)], isDelimiter)
            } else if !entry.pieces.isEmpty {
                // Where pieces are missing, what is there still tells more than nothing.
                let pieces = entry.pieces.sorted { $0.key < $1.key }.map(\.value)
                parameters[name] = Self.decoded(pieces, isDelimiter)
            } else if let plain = entry.plain {
                parameters[name] = Self.decoded([Piece(value: plain, isExtended: false)], isDelimiter)
            }
        }
        return parameters
    }

    private static func index(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty, digits.count <= 6, digits.allSatisfy(\.isASCIIDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// - Parameter isDelimiter: boundaries are compared with the bytes of the message and not shown.
    private static func decoded(_ pieces: [Piece], _ isDelimiter: Bool) -> String {
        guard pieces.contains(where: \.isExtended) else {
            let bytes = pieces.flatMap(\.value)
            return isDelimiter
                ? HeaderCharset.text(bytes, label: nil) : HeaderText.text(of: bytes[...], trimming: false)
        }
        var charset: [UInt8]?
        var bytes: [UInt8] = []
        for piece in pieces {
            guard piece.isExtended else {
                bytes += piece.value
                continue
            }
            var value = piece.value[...]
            if let charset {
                value = withoutRepeatedCharset(value, charset)
            } else if let (found, rest) = withCharset(value) {
                charset = found
                value = rest
            }
            bytes += percentDecoded(value)
        }
        let label = charset.flatMap { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
        let text = HeaderCharset.text(bytes, label: label)
        return isDelimiter ? text : VisibleText.cleaned(text, trimming: false)
    }

    /// Splits `charset'language'text`.
    private static func withCharset(_ value: ArraySlice<UInt8>) -> (charset: [UInt8], rest: ArraySlice<UInt8>)? {
        let quote = UInt8(ascii: "'")
        guard let first = value.prefix(80).firstIndex(of: quote),
            let second = value[(first + 1)...].prefix(80).firstIndex(of: quote),
            value[..<first].allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "%") })
        else { return nil }
        return (value[..<first].map(\.asciiLowercased), value[(second + 1)...])
    }

    /// Some programs write the charset in front of each piece.
    private static func withoutRepeatedCharset(_ value: ArraySlice<UInt8>, _ charset: [UInt8]) -> ArraySlice<UInt8> {
        guard !charset.isEmpty, value.count > charset.count,
            value.prefix(charset.count).elementsEqual(charset, by: { $0.asciiLowercased == $1 }),
            value[value.startIndex + charset.count] == UInt8(ascii: "'")
        else { return value }
        let rest = value.dropFirst(charset.count + 1)
        return rest.first == UInt8(ascii: "'") ? rest.dropFirst() : rest
    }

    private static func percentDecoded(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.count)
        var position = value.startIndex
        while position < value.endIndex {
            if value[position] == UInt8(ascii: "%"), position + 2 < value.endIndex,
                let high = hexadecimal(value[position + 1]),
                let low = hexadecimal(value[position + 2])
            {
                bytes.append(high << 4 | low)
                position += 3
            } else {
                bytes.append(value[position])
                position += 1
            }
        }
        return bytes
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        if byte.isASCIIDigit { return byte - 0x30 }
        let letter = byte.asciiLowercased
        return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : nil
    }
}
