/// The lines over a quotation that say who wrote it and when.
enum Attribution {
    /// Lines over which programs wrap an attribution.
    private static let lineLimit = 4
    private static let octetLimit = 500

    /// A colon at the end, ASCII's or the full-width one.
    static func mayEnd(_ line: ArraySlice<UInt8>) -> Bool {
        line.last == UInt8(ascii: ":") || line.last == 0x9A && line.suffix(3).elementsEqual([0xEF, 0xBC, 0x9A])
    }

    /// The first line of the attribution that ends at `last`.
    /// - Parameter isStrict: nothing but the attribution itself shows that a quotation follows: it must name a time
    ///   and an address, and begin a paragraph or as attributions do.
    static func firstLine(_ lines: TextLines, last: Int, from start: Int, isStrict: Bool) -> Int? {
        let highest = max(start, last - lineLimit + 1)
        if isStrict, !(highest...last).contains(where: { lines.content($0).contains(UInt8(ascii: "@")) }) { return nil }
        var text: [UInt8] = []
        var found: Int?
        for first in stride(from: last, through: highest, by: -1) {
            let line = lines.content(first)
            guard !line.isEmpty, !lines.isQuoted(first), text.count + line.count <= octetLimit else { break }
            text.insert(contentsOf: line + [0x20], at: 0)
            guard isAttribution(text, isStrict: isStrict) else { continue }
            let beginsParagraph = first == start || lines.isBlank(first - 1) || lines.isQuoted(first - 1)
            if beginsParagraph || hasBeginning(text) { return first }
            // Without a usual beginning the shortest will do.
            if found == nil, !isStrict { found = first }
        }
        return found
    }

    /// What is looked for first is what costs least: lines that end in a colon are not rare, and somebody may send a
    /// million of them.
    private static func isAttribution(_ text: [UInt8], isStrict: Bool) -> Bool {
        let hasAddress = text.contains(UInt8(ascii: "@"))
        if isStrict { return hasAddress && hasTime(text) && hasVerb(text) }
        return hasTime(text) && (hasAddress || contains(text, [0xE5, 0xB9, 0xB4])) || hasVerb(text)
    }

    /// Octet by octet: comparing characters takes a fifth of the time of a first sync.
    private static func hasVerb(_ text: [UInt8]) -> Bool {
        guard text.contains(where: { $0.isASCIILetter || $0 >= 0x80 }) else { return false }
        let octets = Array(String(decoding: text, as: UTF8.self).lowercased().utf8)
        return octets.indices.contains { start in
            verbsByFirstOctet[Int(octets[start])].contains { octets[start...].starts(with: $0) }
        }
    }

    private static let verbsByFirstOctet: [[[UInt8]]] = (0...255).map { octet in
        verbs.filter { $0.first == UInt8(octet) }
    }

    private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        text.indices.contains { text[$0] == word[0] && text[$0...].starts(with: word) }
    }

    private static func hasBeginning(_ text: [UInt8]) -> Bool {
        if text.first?.isASCIIDigit == true { return true }
        let lowered = String(decoding: text.prefix(40), as: UTF8.self).lowercased()
        return beginnings.contains { lowered.hasPrefix($0) }
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
