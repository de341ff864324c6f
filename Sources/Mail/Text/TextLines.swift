/// The lines of a text.
struct TextLines {
    private let bytes: [UInt8]
    /// Where each line begins, and behind them the end of the text.
    private let starts: [Int]

    /// - Parameter limit: octets that are looked at. The line in which they end is cut, at a character's boundary.
    init(_ text: String, upTo limit: Int = .max) {
        var utf8 = Array(text.utf8.prefix(limit))
        if utf8.count == limit {
            // Up to three octets of a character whose rest is missing.
            while let last = utf8.last, last & 0xC0 == 0x80 { utf8.removeLast() }
            if let last = utf8.last, last >= 0xC0 { utf8.removeLast() }
        }
        bytes = utf8
        var starts = [0]
        bytes.withUnsafeBufferPointer { bytes in
            for index in bytes.indices where bytes[index] == 0x0A { starts.append(index + 1) }
        }
        if starts[starts.count - 1] != bytes.count { starts.append(bytes.count) }
        self.starts = starts
    }

    var count: Int { starts.count - 1 }

    /// The lines with their line ends.
    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[starts[range.lowerBound]..<starts[range.upperBound]], as: UTF8.self)
    }

    /// A line without blanks around it.
    func content(_ index: Int) -> ArraySlice<UInt8> {
        var (start, end) = (starts[index], starts[index + 1])
        while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
        while start < end, bytes[start] <= 0x20 { start += 1 }
        return bytes[start..<end]
    }

    func isBlank(_ index: Int) -> Bool { !bytes[starts[index]..<starts[index + 1]].contains { $0 > 0x20 } }

    func isQuoted(_ index: Int) -> Bool {
        let (start, end) = (starts[index], starts[index + 1])
        return bytes[start..<end].first { $0 > 0x20 } == UInt8(ascii: ">")
    }
}
