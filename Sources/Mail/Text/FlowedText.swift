/// Text with `format=flowed` (RFC 3676): lines that end in a space go on in the next one.
enum FlowedText {
    /// Quote marks of a line that are counted; more show as this many.
    private static let quoteDepthLimit = 100

    /// The text with each paragraph in one line and quotes marked as `>> text`.
    /// - Parameters:
    ///   - utf8: text in UTF-8 with any line ends.
    ///   - delSp: the space that marks a line as flowed is not part of the text.
    static func unwrapped(_ utf8: [UInt8], delSp: Bool) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(utf8.count + 16)
        var openDepth: Int?
        var index = 0
        while index < utf8.count {
            var end = index
            while end < utf8.count, utf8[end] != 0x0A, utf8[end] != 0x0D { end += 1 }
            let line = utf8[index..<end]
            index = end
            while index + 1 < utf8.count, utf8[index] == 0x0D, utf8[index + 1] == 0x0D { index += 1 }
            if index + 1 < utf8.count, utf8[index] == 0x0D, utf8[index + 1] == 0x0A { index += 1 }
            index += 1

            let quotes = line.prefix { $0 == UInt8(ascii: ">") }
            let depth = min(quotes.count, quoteDepthLimit)
            var content = line[quotes.endIndex...]
            // Space-stuffing (section 4.4).
            if content.first == 0x20 { content = content.dropFirst() }
            let isSignature = content.elementsEqual("-- ".utf8)
            if let open = openDepth, open != depth || isSignature {
                output.append(0x0A)
                openDepth = nil
            }
            if openDepth == nil, depth > 0 {
                output.append(contentsOf: repeatElement(UInt8(ascii: ">"), count: depth))
                if !content.isEmpty { output.append(0x20) }
            }
            let isFlowed = content.last == 0x20 && !isSignature
            output.append(contentsOf: isFlowed && delSp ? content.dropLast() : content)
            if isFlowed {
                openDepth = depth
            } else {
                openDepth = nil
                if end < utf8.count { output.append(0x0A) }
            }
        }
        return output
    }
}
