/// The lines of a text.
struct TextLines {
    private let bytes: [UInt8]
    /// Where each line begins, and behind them the end of the text.
    private let starts: [Int]

    init(_ text: String) {
        bytes = Array(text.utf8)
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
        var line = bytes[starts[index]..<starts[index + 1]]
        while let last = line.last, last <= 0x20 { line = line.dropLast() }
        return line.drop { $0 <= 0x20 }
    }

    func isBlank(_ index: Int) -> Bool { content(index).isEmpty }

    func isQuoted(_ index: Int) -> Bool { content(index).first == UInt8(ascii: ">") }
}
