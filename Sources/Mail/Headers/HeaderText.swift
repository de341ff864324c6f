/// Decodes the text of a header field for people: the subject, display names, file names (RFC 5322, section 2.2; RFC
/// 2047; RFC 6532).
public enum HeaderText {
    /// In octets; the rest of longer text is not read. Servers refuse fields of this size, people never write them.
    public static let limit = 65_536

    /// Unfolds, decodes encoded words, and reads raw 8-bit text as UTF-8 where it is that, else as windows-1252.
    ///
    /// A character may be split over adjacent words of one charset; blanks between words are dropped. What is no proper
    /// encoded word stays as it stands. Line breaks become spaces; control characters and those that turn the direction
    /// of text are removed, so that a subject can neither disguise itself nor what stands beside it.
    public static func decode(_ bytes: [UInt8]) -> String { text(of: bytes[...], trimming: true) }

    static func text(of bytes: ArraySlice<UInt8>, trimming: Bool) -> String {
        let bytes = bytes.prefix(limit)
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), !bytes.mayContainEncodedWord {
            return VisibleText.cleaned(String(decoding: bytes, as: UTF8.self), trimming: trimming)
        }
        var decoder = Decoder(unfolded(bytes))
        return VisibleText.cleaned(decoder.decode(), trimming: trimming)
    }

    /// Each line break with the blanks around it as a single line feed, which encoded words ignore and other text takes
    /// for a space.
    private static func unfolded(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var blanks: [UInt8] = []
        for byte in bytes {
            if byte.isHeaderBlank {
                blanks.append(byte)
                continue
            }
            result += blanks.contains { $0 == 0x0A || $0 == 0x0D } ? [0x0A] : blanks
            blanks.removeAll(keepingCapacity: true)
            result.append(byte)
        }
        result += blanks
        return result[...]
    }

    /// Walks through a field and joins what belongs together.
    private struct Decoder {
        private let input: ArraySlice<UInt8>
        private var output = ""
        /// The bytes of the words read last, all of one charset.
        private var pending: [UInt8] = []
        private var pendingCharset: [UInt8]?
        /// Base64 of those words that is not a whole number of octets and must be read with the next word's.
        private var openBase64: [UInt8] = []

        init(_ input: ArraySlice<UInt8>) { self.input = input }

        mutating func decode() -> String {
            var position = input.startIndex
            var plainStart = position
            while position < input.endIndex {
                guard input[position] == UInt8(ascii: "="), let word = EncodedWord(at: position, in: input) else {
                    position += 1
                    continue
                }
                let plain = input[plainStart..<position]
                if pendingCharset == nil || !plain.allSatisfy(\.isHeaderBlank) {
                    flush()
                    append(plain)
                }
                append(word)
                position = word.end
                plainStart = position
            }
            flush()
            append(input[plainStart...])
            return output
        }

        private mutating func append(_ word: EncodedWord) {
            if word.charset != pendingCharset {
                flush()
                pendingCharset = word.charset
            }
            guard word.isBase64 else {
                closeBase64()
                pending += word.decoded
                return
            }
            // One character more than whole groups of four: the program cut the Base64 itself, not the text.
            let digits = word.text.filter { !$0.isHeaderBlank }
            let isCut = digits.last != UInt8(ascii: "=") && (openBase64.count + digits.count) % 4 == 1
            if openBase64.isEmpty, !isCut {
                pending += word.decoded
            } else {
                openBase64 += digits
                if !isCut { closeBase64() }
            }
        }

        private mutating func closeBase64() {
            guard !openBase64.isEmpty else { return }
            pending += Base64.decode(openBase64)
            openBase64.removeAll()
        }

        private mutating func flush() {
            closeBase64()
            guard let charset = pendingCharset else { return }
            output += HeaderCharset.text(pending, label: String(decoding: charset, as: UTF8.self))
            pending.removeAll()
            pendingCharset = nil
        }

        private mutating func append(_ plain: ArraySlice<UInt8>) {
            guard !plain.isEmpty else { return }
            output += HeaderCharset.text(Array(plain), label: nil)
        }
    }
}
