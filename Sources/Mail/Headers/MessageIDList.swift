/// Reads the ids of Message-ID, In-Reply-To and References (RFC 5322, sections 3.6.4 and 4.5.4).
public enum MessageIDList {
    /// Ids that are read; a longer References field has lost its meaning.
    public static let limit = 1000
    /// Of an id, in octets; a line has at most 998 (RFC 5322, section 2.1.1). A longer one is damage and is left out.
    static let octetLimit = 998

    /// The ids in the order of the field, in the spelling that they are compared by: without brackets, blanks, comments
    /// and needless quotes, the part behind the last "@" in lower case.
    ///
    /// Ids without brackets are read where the field has none with them and nothing but ids: In-Reply-To once was a
    /// sentence.
    public static func parse(_ bytes: [UInt8]) -> [String] {
        var scanner = Scanner(bytes[...])
        scanner.scan()
        if !scanner.bracketed.isEmpty { return scanner.bracketed }
        let bare = scanner.bare
        let areIDs = bare.count == 1 || bare.allSatisfy { $0.utf8.contains(UInt8(ascii: "@")) }
        return areIDs ? bare : []
    }

    private struct Scanner {
        private(set) var bracketed: [String] = []
        private(set) var bare: [String] = []
        private let input: ArraySlice<UInt8>
        private var position: Int
        /// Once a comment is found to be open to the end, no later parenthesis is looked at: that keeps the work
        /// linear.
        private var commentsCount = true

        init(_ input: ArraySlice<UInt8>) {
            self.input = input
            position = input.startIndex
        }

        mutating func scan() {
            while position < input.endIndex, bracketed.count < limit {
                let byte = input[position]
                if byte == UInt8(ascii: "<") {
                    let start = position + 1
                    let end =
                        input[start...].firstIndex { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") }
                        ?? input.endIndex
                    if let id = Self.canonical(input[start..<end]) { bracketed.append(id) }
                    position = end < input.endIndex && input[end] == UInt8(ascii: ">") ? end + 1 : end
                } else if byte == UInt8(ascii: "("), skipComment() {
                    continue
                } else if isSeparator(byte) {
                    position += 1
                } else {
                    let start = position
                    while position < input.endIndex, input[position] != UInt8(ascii: "<"), !isSeparator(input[position])
                    {
                        position += 1
                    }
                    if bare.count < limit, let id = Self.canonical(input[start..<position]) { bare.append(id) }
                }
            }
        }

        private func isSeparator(_ byte: UInt8) -> Bool {
            byte.isHeaderBlank || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ">")
        }

        private mutating func skipComment() -> Bool {
            guard commentsCount else { return false }
            guard let comment = HeaderComment(at: position, in: input) else {
                commentsCount = false
                return false
            }
            position = comment.end
            return true
        }

        /// nil for an empty or oversized id.
        private static func canonical(_ written: ArraySlice<UInt8>) -> String? {
            guard written.count <= 4 * octetLimit else { return nil }
            var id: [UInt8] = []
            var at: Int?
            var position = written.startIndex
            while position < written.endIndex {
                let byte = written[position]
                if byte == UInt8(ascii: "("), let comment = HeaderComment(at: position, in: written) {
                    position = comment.end
                    continue
                }
                if byte == UInt8(ascii: "\""), id.isEmpty, let quoted = QuotedString(at: position, in: written),
                    !quoted.content.isEmpty, quoted.content.allSatisfy({ $0.isAtomText || $0 == UInt8(ascii: ".") })
                {
                    id += quoted.content
                    position = quoted.end
                    continue
                }
                if byte == UInt8(ascii: "@") { at = id.count }
                if byte > 0x20, byte != 0x7F { id.append(byte) }
                position += 1
            }
            guard !id.isEmpty, id.count <= octetLimit else { return nil }
            if let at { for index in at..<id.count { id[index] = id[index].asciiLowercased } }
            let text = VisibleText.cleaned(HeaderCharset.text(id, label: nil), trimming: true)
            return text.isEmpty ? nil : text
        }
    }
}
