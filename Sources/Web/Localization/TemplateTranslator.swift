/// Exchanges the texts of a template for those of another language: whole sentences, with the tags that stand within
/// them, and the attributes that people read. So nothing that stands in a template as text can be left out.
///
/// In a sentence, `{{…}}` stays as it is; elements are numbered marks, as in "None yet. <1>Add an address</1>".
struct TemplateTranslator {
    /// Attributes that people read or hear.
    static let attributes: Set<Substring> = ["alt", "aria-label", "data-busy", "label", "placeholder", "title"]

    private let scan: TemplateScan
    private let translate: (String) -> String
    private var result = ""

    /// - Parameter translate: gets each message, with blanks run together.
    static func translated(_ source: String, by translate: @escaping (String) -> String) -> String {
        var translator = TemplateTranslator(scan: TemplateScan(source), translate: translate)
        translator.run()
        return translator.result
    }

    private init(scan: TemplateScan, translate: @escaping (String) -> String) {
        (self.scan, self.translate) = (scan, translate)
    }

    private mutating func run() {
        var start = 0
        for index in scan.pieces.indices {
            switch scan.pieces[index] {
            case .structure:
                sentence(start..<index)
                result += scan.sources[index]
                start = index + 1
            case .block, .attributes:
                sentence(start..<index)
                result += tag(index)
                start = index + 1
            default: break
            }
        }
        sentence(start..<scan.pieces.count)
    }

    /// Words side by side make a message together with what stands between them; where there are none, what sections
    /// and elements hold is looked at by itself.
    private mutating func sentence(_ range: Range<Int>) {
        if hasWords(range) { return message(range) }
        var index = range.lowerBound
        while index < range.upperBound {
            switch scan.pieces[index] {
            case .section(let end?), .inline(let end?):
                result += tag(index)
                sentence(index + 1..<end)
                result += scan.sources[end]
                index = end + 1
            default:
                result += scan.sources[index]
                index += 1
            }
        }
    }

    private func hasWords(_ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound {
            switch scan.pieces[index] {
            case .text where TemplateMessage.hasWords(scan.sources[index]): return true
            case .section(let end?), .inline(let end?): index = end + 1
            default: index += 1
            }
        }
        return false
    }

    private mutating func message(_ range: Range<Int>) {
        var text = ""
        var marks: [Int] = []
        for index in range {
            switch scan.pieces[index] {
            case .inline:
                marks.append(index)
                text += "<\(marks.count)>"
            case .end(let start):
                if let mark = marks.firstIndex(of: start) {
                    text += "</\(mark + 1)>"
                } else {
                    text += scan.sources[index]
                }
            default: text += scan.sources[index]
            }
        }
        let (lead, body, tail) = TemplateMessage.parts(text)
        result += lead + filled(translate(TemplateMessage.key(body)), marks) + tail
    }

    /// Puts the tags back in the place of their marks.
    private func filled(_ text: String, _ marks: [Int]) -> String {
        var text = text
        for (number, index) in marks.enumerated() {
            guard case .inline(let end?) = scan.pieces[index] else { continue }
            text = text.replacing("<\(number + 1)>", with: tag(index))
            text = text.replacing("</\(number + 1)>", with: scan.sources[end])
        }
        return text
    }

    /// A tag of HTML with the attributes that people read in the other language.
    private func tag(_ index: Int) -> String {
        var rest = scan.sources[index]
        var tag = ""
        while let quote = rest.firstRange(of: "=\"") {
            let name = rest[..<quote.lowerBound].reversed().prefix { $0.isLetter || $0 == "-" }
            tag += rest[..<quote.upperBound]
            rest = rest[quote.upperBound...]
            guard let end = TemplateMessage.endOfValue(rest) else { break }
            let value = rest[..<end]
            let isRead = Self.attributes.contains(Substring(String(name.reversed())))
            tag += isRead && TemplateMessage.hasWords(value) ? translate(String(value)) : String(value)
            rest = rest[end...]
        }
        return tag + rest
    }
}

/// What is said about texts of templates.
enum TemplateMessage {
    /// Letters outside of tags and entities.
    static func hasWords(_ text: Substring) -> Bool {
        var rest = text
        while let first = rest.first {
            if rest.hasPrefix("{{") {
                rest = rest[(rest.firstRange(of: "}}")?.upperBound ?? rest.endIndex)...]
            } else if first == "&", let end = rest.firstIndex(of: ";") {
                rest = rest[rest.index(after: end)...]
            } else if first.isLetter {
                return true
            } else {
                rest = rest.dropFirst()
            }
        }
        return false
    }

    /// Blanks around a text stay where they are.
    static func parts(_ text: String) -> (lead: Substring, body: Substring, tail: Substring) {
        let lead = text.prefix(while: \.isWhitespace)
        let rest = text[lead.endIndex...]
        let tail = rest.reversed().prefix(while: \.isWhitespace).count
        return (lead, rest.dropLast(tail), rest.suffix(tail))
    }

    static func key(_ text: Substring) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The quotation mark that ends a value; those within braces do not.
    static func endOfValue(_ text: Substring) -> Substring.Index? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index...].hasPrefix("{{") {
                index = text[index...].firstRange(of: "}}")?.upperBound ?? text.endIndex
            } else if text[index] == "\"" {
                return index
            } else {
                index = text.index(after: index)
            }
        }
        return nil
    }
}
