/// The tokenizer of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html#tokenization), complete: a
/// struct over a whole document in memory, from which the caller draws one token after the other.
///
/// Whoever builds something from the tokens also steers the tokenizer, as the standard's tree construction does: after
/// a start tag such as `<style>` it sets ``state``, and ``allowsCDATA`` inside SVG and MathML.
///
/// It works in linear time and copies text only where the document's bytes differ from what they mean. Bytes from 0x80
/// on pass through unexamined, so the input should be valid UTF-8. One limit departs from the standard:
/// ``attributeLimit``.
public struct HTMLTokenizer: Sendable {
    /// The states in which the tokenizer can stand between two tokens.
    public enum State: Sendable {
        case data
        case rcdata
        case rawtext
        case scriptData
        case plaintext
        case cdataSection
    }

    /// Attributes that one tag can have; further ones are read and dropped. Each must be compared with those before it,
    /// so without a limit a tag with a million attributes would take hours. No mail program writes more than some 30.
    public static let attributeLimit = 128

    public var state: State
    /// Whether `<![CDATA[` begins a CDATA section: only inside SVG and MathML.
    public var allowsCDATA = false
    /// The parse errors met so far, when asked for.
    public internal(set) var errors: [HTMLParseError] = []

    let collectsErrors: Bool
    /// The document, each CR LF and CR turned into LF (section 13.2.3.5).
    let input: [UInt8]
    var position = 0
    /// Whether the value that follows belongs to an attribute that was not kept.
    var dropsAttributeValue = false
    /// The name that makes an end tag "appropriate" in RCDATA, RAWTEXT and script data.
    var lastStartTagName: ArraySlice<UInt8>

    /// - Parameters:
    ///   - bytes: the document in UTF-8.
    ///   - state: where to begin; other than `data` when the bytes are the content of some element.
    ///   - lastStartTag: the name of that element.
    ///   - collectsErrors: whether to fill ``errors``, which costs time and, on garbage, memory.
    public init(
        _ bytes: [UInt8], state: State = .data, lastStartTag: String = "", collectsErrors: Bool = false
    ) {
        input = Self.normalizingNewlines(bytes)
        self.state = state
        self.collectsErrors = collectsErrors
        lastStartTagName = Array(lastStartTag.utf8)[...]
        if collectsErrors { checkInputStream() }
    }

    /// The next token, `nil` at the end of the document.
    public mutating func next() -> HTMLToken? {
        while position < input.count {
            let token =
                switch state {
                case .data: data()
                case .rcdata: rcdata()
                case .rawtext: rawtext()
                case .scriptData: scriptData()
                case .plaintext: plaintext()
                case .cdataSection: cdataSection()
                }
            if let token { return token }
        }
        if state == .cdataSection {
            report(.eofInCDATA, at: input.count)
            state = .data
        }
        return nil
    }

    // MARK: What the states share

    /// The byte at that index, `nil` at the end of the document.
    @inline(__always)
    func byte(_ index: Int) -> UInt8? {
        index < input.count ? input[index] : nil
    }

    @inline(__always)
    mutating func report(_ code: HTMLParseError.Code, at offset: Int) {
        if collectsErrors { errors.append(HTMLParseError(code: code, offset: offset)) }
    }

    /// That part of the input with U+FFFD for NUL, each of which is an error.
    mutating func replacingNull(_ range: Range<Int>) -> ArraySlice<UInt8> {
        guard input[range].contains(0) else { return input[range] }
        var copy: [UInt8] = []
        copy.reserveCapacity(range.count + 16)
        for index in range {
            if input[index] == 0 {
                report(.unexpectedNullCharacter, at: index)
                copy += [0xEF, 0xBF, 0xBD]
            } else {
                copy.append(input[index])
            }
        }
        return copy[...]
    }

    /// Whether the input continues with that text, given in lower case, whatever the case of its letters.
    func continues(with text: StaticString, at index: Int) -> Bool {
        text.withUTF8Buffer { text in
            guard index + text.count <= input.count else { return false }
            for offset in 0..<text.count where input[index + offset].asciiLowercased != text[offset] { return false }
            return true
        }
    }

    private static func normalizingNewlines(_ bytes: [UInt8]) -> [UInt8] {
        guard var cr = bytes.firstIndex(of: 0x0D) else { return bytes }
        var copy: [UInt8] = []
        copy.reserveCapacity(bytes.count)
        var start = 0
        while true {
            copy += bytes[start..<cr]
            copy.append(0x0A)
            start = cr + 1
            if start < bytes.count, bytes[start] == 0x0A { start += 1 }
            guard let next = bytes[start...].firstIndex(of: 0x0D) else { break }
            cr = next
        }
        copy += bytes[start...]
        return copy
    }
}

extension UInt8 {
    /// Tab, line feed, form feed, carriage return, space: the HTML standard's "ASCII whitespace".
    @inline(__always)
    var isHTMLSpace: Bool {
        self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0C || self == 0x0D
    }

    @inline(__always)
    var isASCIILetter: Bool {
        let folded = self | 0x20
        return folded >= 0x61 && folded <= 0x7A
    }

    @inline(__always)
    var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }

    @inline(__always)
    var asciiLowercased: UInt8 {
        self >= 0x41 && self <= 0x5A ? self | 0x20 : self
    }
}
