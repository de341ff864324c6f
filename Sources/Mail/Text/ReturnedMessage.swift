/// A message that stands, header and all, in the text of another: mail servers return what they could not deliver so.
///
/// Its encoded content would be unreadable; it is shown as a forwarded message is.
enum ReturnedMessage {
    /// Messages within messages that are taken apart.
    static let depthLimit = 3
    /// Fields that a header must have in one run to be taken for one, two of them such as only machines write.
    private static let fieldsNeeded = 4
    private static let machineFieldsNeeded = 2

    private static let machineFields: [[UInt8]] = [
        "received:", "return-path:", "message-id:", "mime-version:", "content-type:", "content-transfer-encoding:",
        "dkim-signature:", "x-mailer:", "references:", "in-reply-to:",
    ].map { Array($0.utf8) }

    /// Where the returned message begins. It has charsets of its own, so this looks at the bytes.
    static func start(in content: inout [UInt8], charset: String?) -> Int? {
        switch CharsetEncoding(label: charset) {
        case .utf16, .utf32: return nil
        default: break
        }
        // Old Macintosh line ends.
        if !content.contains(0x0A) {
            for index in content.indices where content[index] == 0x0D { content[index] = 0x0A }
        }
        return start(in: content)
    }

    private static func start(in text: [UInt8]) -> Int? {
        var position = 0
        while position < text.count {
            let end = text[position...].firstIndex(of: 0x0A) ?? text.count
            if isMachineField(text, position, end) {
                let block = Block(text, around: position)
                if block.fields >= fieldsNeeded, block.machineFields >= machineFieldsNeeded { return block.start }
                position = max(block.end, end + 1)
            } else {
                position = end + 1
            }
        }
        return nil
    }

    private static func isMachineField(_ text: [UInt8], _ start: Int, _ end: Int) -> Bool {
        // Most lines are told by their first letter.
        guard start < end, "rRmMcCdDxXiI".utf8.contains(text[start]) else { return false }
        return machineFields.contains { name in
            end - start >= name.count && name.indices.allSatisfy { text[start + $0].asciiLowercased == name[$0] }
        }
    }

    /// The lines around one that look like a header.
    private struct Block {
        var start: Int
        var end: Int
        var fields = 0
        var machineFields = 0

        init(_ text: [UInt8], around position: Int) {
            start = position
            // Some fields above the first that shows what this is: a few lines will do.
            for _ in 0..<100 {
                guard start > 0 else { break }
                let above = (text[..<(start - 1)].lastIndex(of: 0x0A) ?? -1) + 1
                guard Self.isHeaderLine(text[above..<(start - 1)]) else { break }
                start = above
            }
            // A line that continues a field which is not here belongs to the text before.
            while start < position, text[start] <= 0x20 {
                start = (text[start...].firstIndex(of: 0x0A) ?? position - 1) + 1
            }
            // Down to the blank line; lines that lost the blank by which they continued a field are among them.
            end = start
            while end < text.count {
                let lineEnd = text[end...].firstIndex(of: 0x0A) ?? text.count
                guard text[end..<lineEnd].contains(where: { $0 > 0x20 }) else { break }
                if text[end] > 0x20, Self.isHeaderLine(text[end..<lineEnd]) { fields += 1 }
                if ReturnedMessage.isMachineField(text, end, lineEnd) { machineFields += 1 }
                end = min(lineEnd + 1, text.count)
            }
        }

        /// A field or a continuation.
        private static func isHeaderLine(_ line: ArraySlice<UInt8>) -> Bool {
            guard let first = line.first, first != 0x0D else { return false }
            if first == 0x20 || first == 0x09 { return line.contains { $0 > 0x20 } }
            let name = line.prefix { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
            return !name.isEmpty && line[name.endIndex...].first == UInt8(ascii: ":")
        }
    }

    /// The lines that a forwarded message is introduced with, and a blank line.
    static func introduction(of message: MIMEMessage) -> [UInt8] {
        var lines: [UInt8] = []
        for name in ["From", "Date", "To", "Subject"] {
            guard let value = message.header(name), !value.isEmpty else { continue }
            lines += Array("\(name): \(HeaderText.decode(value))\n".utf8)
        }
        return lines + [0x0A]
    }
}
