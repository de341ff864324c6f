/// An addr-spec taken apart (RFC 5322, sections 3.4.1 and 4.4): words and dots with blanks and comments between them.
struct AddressSpecification {
    /// Without quotes, escapes, blanks and comments around it.
    var localPart: [UInt8] = []
    var domain: [UInt8] = []

    private let input: ArraySlice<UInt8>
    private var position: Int

    /// nil for what does not follow the grammar. Beyond it, dots may stand anywhere in the local part, as some Japanese
    /// carriers gave them out.
    init?(_ bytes: ArraySlice<UInt8>) {
        input = bytes
        position = bytes.startIndex
        guard readLocalPart(), readDomain() else { return nil }
    }

    private var current: UInt8? { position < input.endIndex ? input[position] : nil }

    private mutating func readLocalPart() -> Bool {
        var mayBeginWord = true
        while true {
            guard skipBlanksAndComments(), let byte = current else { return false }
            if byte == UInt8(ascii: "@") {
                position += 1
                return !localPart.isEmpty
            }
            if byte == UInt8(ascii: ".") {
                localPart.append(byte)
                position += 1
                mayBeginWord = true
                continue
            }
            guard mayBeginWord else { return false }
            mayBeginWord = false
            if byte == UInt8(ascii: "\"") {
                guard let quoted = QuotedString(at: position, in: input) else { return false }
                localPart += quoted.content
                position = quoted.end
            } else {
                let start = position
                while let next = current, next.isAtomText { position += 1 }
                guard position > start else { return false }
                localPart += input[start..<position]
            }
        }
    }

    private mutating func readDomain() -> Bool {
        guard skipBlanksAndComments() else { return false }
        if current == UInt8(ascii: "[") {
            guard let close = input[position...].firstIndex(of: UInt8(ascii: "]")) else { return false }
            domain = input[position...close].filter { !$0.isHeaderBlank }
            position = close + 1
            return skipBlanksAndComments() && current == nil
        }
        var mayBeginLabel = true
        while let byte = current {
            if byte == UInt8(ascii: ".") {
                domain.append(byte)
                position += 1
                mayBeginLabel = true
            } else {
                let start = position
                while let next = current, next.isAtomText { position += 1 }
                guard mayBeginLabel, position > start else { return false }
                domain += input[start..<position]
                mayBeginLabel = false
            }
            guard skipBlanksAndComments() else { return false }
        }
        return !domain.isEmpty
    }

    /// false where a comment is not closed.
    private mutating func skipBlanksAndComments() -> Bool {
        while let byte = current {
            if byte.isHeaderBlank {
                position += 1
            } else if byte == UInt8(ascii: "(") {
                guard let comment = HeaderComment(at: position, in: input) else { return false }
                position = comment.end
            } else {
                return true
            }
        }
        return true
    }
}
