/// A datum of an IMAP response, as much of it as the tests need.
enum RawValue {
    case missing
    /// An atom, a quoted string or a literal.
    case bytes([UInt8])
    case list([RawValue])

    var text: String? {
        guard case .bytes(let bytes) = self else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    var bytes: [UInt8]? {
        guard case .bytes(let bytes) = self else { return nil }
        return bytes
    }

    var list: [RawValue]? {
        guard case .list(let values) = self else { return nil }
        return values
    }

    /// The data of one response line, literals included in place.
    static func parse(_ line: [UInt8]) -> [RawValue] {
        var reader = Reader(line: line)
        return reader.values()
    }

    private struct Reader {
        let line: [UInt8]
        var index = 0

        mutating func values() -> [RawValue] {
            var values: [RawValue] = []
            while index < line.count {
                switch line[index] {
                case UInt8(ascii: ")"):
                    index += 1
                    return values
                case UInt8(ascii: " "): index += 1
                case UInt8(ascii: "("):
                    index += 1
                    values.append(.list(self.values()))
                case UInt8(ascii: "\""): values.append(.bytes(quoted()))
                case UInt8(ascii: "{"): values.append(.bytes(literal()))
                default: values.append(atom())
                }
            }
            return values
        }

        private mutating func quoted() -> [UInt8] {
            var bytes: [UInt8] = []
            index += 1
            while index < line.count, line[index] != UInt8(ascii: "\"") {
                if line[index] == UInt8(ascii: "\\"), index + 1 < line.count { index += 1 }
                bytes.append(line[index])
                index += 1
            }
            index += 1
            return bytes
        }

        private mutating func literal() -> [UInt8] {
            var length = 0
            index += 1
            while index < line.count, line[index] != UInt8(ascii: "}") {
                length = length * 10 + Int(line[index]) - 48
                index += 1
            }
            index += 3  // "}" CR LF
            defer { index += length }
            return Array(line[index..<index + length])
        }

        private mutating func atom() -> RawValue {
            let start = index
            while index < line.count, !" ()".utf8.contains(line[index]) { index += 1 }
            let bytes = Array(line[start..<index])
            return bytes == Array("NIL".utf8) ? .missing : .bytes(bytes)
        }
    }
}
