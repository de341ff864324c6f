/// The encoding of Unix's uuencode (POSIX `uuencode`), which predates MIME.
enum UUEncoding {
    /// The content of the first file in the text; the text itself where no "begin" line is found.
    static func decode(_ bytes: [UInt8]) -> [UInt8] {
        let lines = bytes.split(omittingEmptySubsequences: false) { $0 == 0x0A || $0 == 0x0D }
        guard let begin = lines.firstIndex(where: isBegin) else { return bytes }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count / 4 * 3)
        for line in lines[(begin + 1)...] {
            if line.elementsEqual("end".utf8) { break }
            guard let first = line.first, (0x20...0x60).contains(first) else { continue }
            decode(line.dropFirst(), count: Int((first - 0x20) & 0x3F), into: &output)
        }
        return output
    }

    private static func isBegin(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.starts(with: "begin ".utf8) else { return false }
        let mode = line.dropFirst(6).prefix { (0x30...0x37).contains($0) }
        return mode.count >= 3 && line.dropFirst(6 + mode.count).first == 0x20
    }

    /// Blanks at the line's end may have been lost on the way.
    private static func decode(_ letters: ArraySlice<UInt8>, count: Int, into output: inout [UInt8]) {
        let wanted = output.count + min(count, (letters.count + 3) / 4 * 3)
        var index = letters.startIndex
        func bits(_ offset: Int) -> UInt32 {
            index + offset < letters.endIndex ? UInt32((letters[index + offset] &- 0x20) & 0x3F) : 0
        }
        while output.count < wanted {
            let word = bits(0) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3)
            for shift in [16, 8, 0] as [UInt32] where output.count < wanted {
                output.append(UInt8(truncatingIfNeeded: word >> shift))
            }
            index += 4
        }
    }
}
