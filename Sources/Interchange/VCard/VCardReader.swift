/// Reads a file of vCards, one after another: versions 4.0 (RFC 6350) and 3.0 (RFC 2426), and of 2.1 what differs in
/// writing: parameters without names and quoted-printable values.
///
/// Taken are N, FN, EMAIL, TEL, TITLE, ORG and NOTE; the preferred address stands first. All else, such as pictures, is
/// passed over. A card that does not end is a problem of that card.
public struct VCardReader: Sequence, IteratorProtocol, Sendable {
    /// Of one property, in bytes; what is longer is passed over, as pictures are.
    public static let propertyLimit = 256 * 1_024

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    /// - Parameter bytes: in UTF-8, as ``TextFile/utf8(_:)`` makes them.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// How much of the file was read, from 0 to 1.
    public var progress: Double { bytes.isEmpty ? 1 : Double(position) / Double(bytes.count) }

    public mutating func next() -> VCardRecord? {
        while let (start, line) = physicalLine() {
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
            guard Self.isWord("BEGIN:VCARD", line) else {
                skipToCard()
                return VCardRecord(line: start, content: .failure(.outsideCard))
            }
            return card(from: start)
        }
        return nil
    }

    private mutating func card(from start: Int) -> VCardRecord {
        var builder = VCardBuilder()
        while position < bytes.count {
            if Self.isWord("BEGIN:VCARD", bytes[position..<lineEnd(from: position)]) { break }
            guard let content = contentLine() else { continue }
            if Self.isWord("END:VCARD", content[...]) {
                return VCardRecord(line: start, content: builder.isGroup ? .failure(.group) : .success(builder.record))
            }
            if let property = VCardProperty(content) { builder.add(property) }
        }
        return VCardRecord(line: start, content: .failure(.notEnded))
    }

    private mutating func skipToCard() {
        while position < bytes.count {
            if Self.isWord("BEGIN:VCARD", bytes[position..<lineEnd(from: position)]) { return }
            _ = physicalLine()
        }
    }

    /// The next line with its continuations put together (RFC 6350, section 3.2); nil for one that is too long.
    private mutating func contentLine() -> [UInt8]? {
        guard let (_, first) = physicalLine() else { return nil }
        var content = Array(first.prefix(Self.propertyLimit + 1))
        let isQuotedPrintable = VCardProperty(content)?.isQuotedPrintable ?? false
        while position < bytes.count {
            if bytes[position] == 0x20 || bytes[position] == 0x09 {
                guard let (_, more) = physicalLine() else { break }
                if content.count <= Self.propertyLimit { content += more.dropFirst() }
            } else if isQuotedPrintable, content.last == UInt8(ascii: "=") {
                // A soft line break of quoted-printable, which no blank follows.
                guard let (_, more) = physicalLine() else { break }
                if content.count <= Self.propertyLimit { content += [0x0A] + more }
            } else {
                break
            }
        }
        return content.count > Self.propertyLimit ? nil : content
    }

    private mutating func physicalLine() -> (number: Int, text: ArraySlice<UInt8>)? {
        guard position < bytes.count else { return nil }
        let (number, end) = (line, lineEnd(from: position))
        let text = bytes[position..<end]
        position = end
        if position < bytes.count {
            if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A { position += 1 }
            position += 1
        }
        line += 1
        return (number, text)
    }

    private func lineEnd(from start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
        return index
    }

    private static func isWord(_ word: StaticString, _ line: ArraySlice<UInt8>) -> Bool {
        let word = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard line.count >= word.count else { return false }
        let blanks = line.dropFirst(word.count).allSatisfy { $0 == 0x20 || $0 == 0x09 }
        return blanks
            && zip(line, word).allSatisfy { byte, letter in
                byte == letter || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) && byte - 0x20 == letter
            }
    }
}
