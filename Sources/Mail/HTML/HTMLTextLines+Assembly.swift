extension HTMLTextLines {
    /// The lines joined by line feeds, quoted ones behind ">" signs (RFC 3676 section 4.5), without blank lines at
    /// either end.
    /// - Parameter limit: bytes at most; the text is cut at a character's boundary.
    func assemble(limit: Int) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(min(limit, text.count + lines.count * 2))
        let isBlank = { (line: Line) in line.count == 0 }
        let first = lines.firstIndex { !isBlank($0) } ?? lines.count
        let last = lines.lastIndex { !isBlank($0) } ?? -1
        var index = first
        while index <= last, output.count < limit {
            let line = lines[index]
            if index > first {
                output.append(0x0A)
                if line.hasGap {
                    appendQuoteMarks(min(line.quoteDepth, lines[index - 1].quoteDepth), to: &output)
                    output.append(0x0A)
                }
            }
            appendQuoteMarks(line.quoteDepth, to: &output)
            if line.count > 0 {
                if line.quoteDepth > 0 { output.append(0x20) }
                for _ in 0..<line.indent { output.append(0x20) }
                output += text[line.range]
            }
            index += 1
        }
        guard output.count > limit else { return output }
        var end = limit
        while end > 0, output[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(output[..<end])
    }

    private func appendQuoteMarks(_ depth: UInt8, to output: inout [UInt8]) {
        for _ in 0..<depth { output.append(UInt8(ascii: ">")) }
    }
}
