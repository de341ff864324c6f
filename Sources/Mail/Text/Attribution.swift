/// The lines over a quotation that say who wrote it and when.
enum Attribution {
    /// Lines over which programs wrap an attribution.
    private static let lineLimit = 4
    private static let octetLimit = 500

    /// A colon at the end, ASCII's or the full-width one.
    static func mayEnd(_ line: ArraySlice<UInt8>) -> Bool {
        line.last == UInt8(ascii: ":") || line.count >= 3 && line.suffix(3).elementsEqual([0xEF, 0xBC, 0x9A])
    }

    /// The first line of the attribution that ends at `last`.
    /// - Parameter isStrict: nothing but the attribution itself shows that a quotation follows: it must name a time
    ///   and an address, and begin a paragraph or as attributions do.
    static func firstLine(_ lines: TextLines, last: Int, from start: Int, isStrict: Bool) -> Int? {
        var text: [UInt8] = []
        var found: Int?
        for first in stride(from: last, through: max(start, last - lineLimit + 1), by: -1) {
            let line = lines.content(first)
            guard !line.isEmpty, !lines.isQuoted(first), text.count + line.count <= octetLimit else { break }
            text.insert(contentsOf: line + [0x20], at: 0)
            let lowered = String(decoding: text, as: UTF8.self).lowercased()
            guard isAttribution(lowered, isStrict: isStrict) else { continue }
            let beginsParagraph = first == start || lines.isBlank(first - 1) || lines.isQuoted(first - 1)
            if beginsParagraph || hasBeginning(lowered) { return first }
            // Without a usual beginning the shortest will do.
            if found == nil, !isStrict { found = first }
        }
        return found
    }

    private static func isAttribution(_ text: String, isStrict: Bool) -> Bool {
        let octets = Array(text.utf8)
        let hasVerb = verbs.contains { contains(octets, $0) }
        let hasAddress = octets.contains(UInt8(ascii: "@"))
        let hasTime = hasTime(octets)
        return isStrict
            ? hasVerb && hasAddress && hasTime : hasVerb || hasTime && (hasAddress || contains(octets, Array("年".utf8)))
    }

    /// Octet by octet: comparing characters takes a fifth of the time of a first sync.
    private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard let first = word.first, word.count <= text.count else { return false }
        return (0...(text.count - word.count)).contains { start in
            text[start] == first && text[start..<(start + word.count)].elementsEqual(word)
        }
    }

    private static func hasBeginning(_ text: String) -> Bool {
        text.utf8.first.map { $0.isASCIIDigit } == true || beginnings.contains { text.hasPrefix($0) }
    }

    /// `12:34`, `12.34`, or a year of four digits.
    private static func hasTime(_ bytes: [UInt8]) -> Bool {
        var digits = 0
        for (index, byte) in bytes.enumerated() {
            if byte.isASCIIDigit {
                digits += 1
                if digits == 4 { return true }
                continue
            }
            if digits == 1 || digits == 2, byte == UInt8(ascii: ":") || byte == UInt8(ascii: "."),
                index + 2 < bytes.count,
                bytes[index + 1].isASCIIDigit, bytes[index + 2].isASCIIDigit
            {
                return true
            }
            digits = 0
        }
        return false
    }

    private static let beginnings = [
        "on ", "le ", "am ", "el ", "il ", "op ", "em ", "w dniu ", "dnia ", "den ", "på ", "dne ", "dňa ", "în ",
        "pe ", "в ",
        "at ", "a ", "em ", "στις ", "(", "在", "於", "于",
    ]

    private static let verbs = [
        "wrote", "writes", "said", "a écrit", "écrivait", "schrieb", "schreibt", "escribió", "escribio", "ha escrito",
        "ha scritto",
        "scrisse", "scrive:", "schreef", "escreveu", "napisał", "pisze:", "skrev", "kirjoitti", "написал", "пишет",
        "писал",
        "написа", "пише", "写道", "寫道", "寫：", "のメール", "書きました", "작성", "님이", "yazdı", "şunu yazdı", "a scris",
        "napsal", "napísal", "írta", "έγραψε", "כתב", "كتب", "đã viết", "เขียน", "je napisao", "je napisal", "rašė",
        "rakstīja",
        "kirjutas", "va escriure", "escribiu", "skrifaði",
    ].map { Array($0.utf8) }
}
