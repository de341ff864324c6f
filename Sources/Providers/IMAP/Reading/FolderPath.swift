import IMAP

/// Mailbox names as text and back, losslessly: what cannot be kept as text is written in hexadecimal digits.
enum FolderPath {
    private static let mark = "\u{1}hex:"

    /// What tells folders apart. Swift takes texts for equal that are written differently (é as one scalar or as two),
    /// and those are different mailboxes; so names are kept as text only where they are ASCII.
    static func id(_ name: MailboxName) -> String {
        name.bytes.allSatisfy { (0x20...0x7e).contains($0) } ? String(decoding: name.bytes, as: UTF8.self) : hex(name)
    }

    /// What the name is made of again. Names with control characters are kept in digits, since databases end a text at
    /// NUL.
    static func text(_ name: MailboxName) -> String {
        guard name.bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }),
            let text = String(validating: name.bytes, as: UTF8.self)
        else { return hex(name) }
        return text
    }

    private static func hex(_ name: MailboxName) -> String {
        mark + name.bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    static func name(_ text: String) -> MailboxName {
        guard text.hasPrefix(mark) else { return MailboxName(bytes: Array(text.utf8)) }
        let digits = Array(text.utf8.dropFirst(mark.utf8.count))
        return MailboxName(
            bytes: stride(from: 0, to: digits.count - 1, by: 2).compactMap {
                UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
            })
    }
}
