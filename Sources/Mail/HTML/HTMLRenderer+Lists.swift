/// Where a list stands in its numbering.
struct HTMLListNumbering {
    enum Kind {
        case bullet
        case decimal
        case letter(capital: Bool)
        case roman(capital: Bool)
    }

    var kind: Kind
    /// The number of the next item.
    var next: Int
    /// How far the list itself is indented.
    var indent: UInt8

    /// What the next item begins with, space included.
    mutating func marker() -> [UInt8] {
        let number = next
        next = next == Int.max ? next : next + 1
        let text =
            switch kind {
            case .bullet: "•"
            case .decimal: "\(number)."
            case .letter(let capital): Self.cased(Self.letters(number), capital) + "."
            case .roman(let capital): Self.cased(Self.roman(number), capital) + "."
            }
        return Array((text + " ").utf8)
    }

    private static func cased(_ text: String, _ capital: Bool) -> String { capital ? text.uppercased() : text }

    /// a, b, …, z, aa, ab, …
    private static func letters(_ number: Int) -> String {
        guard number > 0 else { return "\(number)" }
        var letters: [UInt8] = []
        var rest = number
        while rest > 0 {
            rest -= 1
            letters.append(UInt8(ascii: "a") + UInt8(rest % 26))
            rest /= 26
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }

    /// i, ii, iii, iv, … up to 3999; beyond, decimal.
    private static func roman(_ number: Int) -> String {
        guard (1...3999).contains(number) else { return "\(number)" }
        let steps = [
            (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
            (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
        ]
        var text = ""
        var rest = number
        for (value, numeral) in steps {
            while rest >= value {
                text += numeral
                rest -= value
            }
        }
        return text
    }
}

extension HTMLRenderer {
    mutating func beginList(_ element: HTMLElement, _ tag: HTMLTag, _ frame: inout OpenElement) {
        if lists.isEmpty { lines.endParagraph() } else { lines.endLine() }
        let kind: HTMLListNumbering.Kind =
            if element != .ol {
                .bullet
            } else {
                switch tag["type"]?.first {
                case UInt8(ascii: "a"): .letter(capital: false)
                case UInt8(ascii: "A"): .letter(capital: true)
                case UInt8(ascii: "i"): .roman(capital: false)
                case UInt8(ascii: "I"): .roman(capital: true)
                default: .decimal
                }
            }
        lists.append(HTMLListNumbering(kind: kind, next: tag["start"].flatMap(Self.number) ?? 1, indent: lines.indent))
        frame.ending = .list
    }

    mutating func endList() {
        lists.removeLast()
        if lists.isEmpty { lines.endParagraph() } else { lines.endLine() }
    }

    mutating func beginItem(_ tag: HTMLTag, _ frame: inout OpenElement) {
        lines.endLine()
        // An item outside any list shows a bullet.
        var list = lists.last ?? HTMLListNumbering(kind: .bullet, next: 1, indent: lines.indent)
        if let value = tag["value"].flatMap(Self.number) { list.next = value }
        let marker = list.marker()
        if !lists.isEmpty { lists[lists.count - 1] = list }
        lines.indent = list.indent
        lines.setMarker(marker, indent: list.indent)
        // In columns: the bullet is three bytes, all else ASCII.
        indent(by: marker.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) })
        frame.ending = .item
    }

    mutating func endItem() {
        lines.endLine()
        lines.clearMarker()
        // The margins of paragraphs inside do not keep items apart.
        lines.dropGap()
    }

    /// A whole number of at most nine digits.
    private static func number(_ text: ArraySlice<UInt8>) -> Int? {
        Int(String(decoding: text.prefix(10), as: UTF8.self))
    }

    // MARK: Word's lists

    /// Word writes list items as paragraphs that begin with their bullet or number, in a font of symbols, and spaces.
    mutating func beginWordListMarker(_ frame: inout OpenElement) {
        frame.ending = .wordListMarker
    }

    mutating func endWordListMarker(_ frame: OpenElement) {
        guard !lines.isAtLineStart, let line = lines.lines.last else { return }
        let written = lines.text[Int(line.start)...]
        let isNumber =
            written.contains { $0.isASCIIDigit } || written.last == UInt8(ascii: ".")
            || written.last == UInt8(ascii: ")")
        let marker = isNumber ? Array(written) + [0x20] : Array("• ".utf8)
        let indent = (max(1, Int(frame.wordListLevel)) - 1) * 2
        lines.replaceOpenLine(with: marker, indent: UInt8(min(Int(line.indent) + indent, HTMLText.indentLimit)))
    }
}
