/// The source of a template in the pieces that matter for translating it.
struct TemplateScan {
    enum Piece: Hashable {
        case text
        /// `{{name}}`
        case variable
        /// `{{#name}}` or `{{^name}}`, and where it ends
        case section(end: Int?)
        /// Whatever else stands in braces: partials, frames and their blocks.
        case structure
        /// A tag of HTML that stands within a sentence, and where it ends.
        case inline(end: Int?)
        /// Any other tag of HTML.
        case block
        /// The end of a section or of an inline element.
        case end(of: Int)
        /// Attributes that are handed to a frame, which are no text.
        case attributes
    }

    private(set) var pieces: [Piece] = []
    private(set) var sources: [Substring] = []

    /// Elements that stand within a sentence; a `span` sets words apart in this product.
    private static let inlineElements: Set<Substring> = ["a", "b", "em", "i", "strong"]

    init(_ source: String) {
        var rest = source[...]
        var open: [(name: Substring, piece: Int)] = []
        while !rest.isEmpty {
            let piece = Self.next(&rest)
            let index = pieces.count
            sources.append(piece)
            if piece.hasPrefix("{{") {
                let name = piece.dropFirst(3).dropLast(2)
                switch piece.dropFirst(2).first {
                case "#", "^":
                    pieces.append(.section(end: nil))
                    open.append((name, index))
                case "$", "<":
                    pieces.append(.structure)
                    open.append((name, index))
                    if Self.holdsAttributes(piece) { takeAttributes(&rest, until: "{{/\(name)}}") }
                case ">", "!": pieces.append(.structure)
                case "/": close(name, &open, otherwise: .structure)
                default: pieces.append(.variable)
                }
            } else if piece.hasPrefix("<") {
                let isEnd = piece.hasPrefix("</")
                let name = piece.dropFirst(isEnd ? 2 : 1).prefix { $0.isLetter || $0.isNumber }
                if !Self.inlineElements.contains(name) {
                    pieces.append(.block)
                } else if isEnd {
                    close("<" + name, &open, otherwise: .block)
                } else {
                    pieces.append(.inline(end: nil))
                    open.append(("<" + name, index))
                }
            } else {
                pieces.append(.text)
            }
        }
        separateWhatIsNotInline()
    }

    /// Blocks of frames that a page fills with attributes.
    private static func holdsAttributes(_ piece: Substring) -> Bool {
        piece == "{{$more}}" || piece == "{{$type}}" || (piece.hasPrefix("{{$") && piece.hasSuffix("Current}}"))
    }

    private mutating func takeAttributes(_ rest: inout Substring, until end: String) {
        guard let found = rest.firstRange(of: end) else { return }
        if found.lowerBound > rest.startIndex {
            pieces.append(.attributes)
            sources.append(rest[..<found.lowerBound])
        }
        rest = rest[found.lowerBound...]
    }

    private mutating func close(
        _ name: some StringProtocol, _ open: inout [(name: Substring, piece: Int)], otherwise: Piece
    ) {
        let index = pieces.count
        guard let last = open.last, last.name == name else {
            pieces.append(otherwise)
            return
        }
        open.removeLast()
        switch pieces[last.piece] {
        case .section: pieces[last.piece] = .section(end: index)
        case .inline: pieces[last.piece] = .inline(end: index)
        default:
            pieces.append(.structure)
            return
        }
        pieces.append(.end(of: last.piece))
    }

    /// A section or an inline element around what is no part of a sentence sets apart, as a block does.
    private mutating func separateWhatIsNotInline() {
        var before = [0]
        for piece in pieces {
            let separates = piece == .structure || piece == .block || piece == .attributes
            before.append((before.last ?? 0) + (separates ? 1 : 0))
        }
        for index in pieces.indices {
            switch pieces[index] {
            case .section(let end), .inline(let end):
                if let end, before[end] == before[index] { continue }
                pieces[index] = .block
                if let end { pieces[end] = .block }
            default: break
            }
        }
    }

    /// A tag in braces, a tag of HTML with all its attributes, or the text up to the next of these.
    private static func next(_ rest: inout Substring) -> Substring {
        var end = rest.startIndex
        if rest.hasPrefix("{{") {
            end = rest.firstRange(of: "}}")?.upperBound ?? rest.endIndex
        } else if rest.first == "<" {
            end = endOfTag(rest)
        } else {
            while end < rest.endIndex, rest[end] != "<", !rest[end...].hasPrefix("{{") { end = rest.index(after: end) }
        }
        defer { rest = rest[end...] }
        return rest[..<end]
    }

    private static func endOfTag(_ text: Substring) -> Substring.Index {
        var index = text.startIndex
        var isQuoted = false
        while index < text.endIndex {
            if text[index...].hasPrefix("{{") {
                index = text[index...].firstRange(of: "}}")?.upperBound ?? text.endIndex
                continue
            }
            if text[index] == "\"" { isQuoted.toggle() }
            let isEnd = text[index] == ">" && !isQuoted
            index = text.index(after: index)
            if isEnd { break }
        }
        return index
    }
}
