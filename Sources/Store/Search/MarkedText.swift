/// A text in which the words that were searched for are marked.
public struct MarkedText: Hashable, Sendable {
    public struct Piece: Hashable, Sendable {
        public let text: String
        public let isHit: Bool
    }

    public let pieces: [Piece]

    /// Stand around each hit in what the index answers. Where mail holds them itself, a wrong word may be marked, and
    /// nothing worse: each piece is text.
    static let begin: Unicode.Scalar = "\u{E010}"
    static let end: Unicode.Scalar = "\u{E011}"

    /// Nothing is marked.
    public init(_ text: String) { pieces = text.isEmpty ? [] : [Piece(text: text, isHit: false)] }

    init(marked text: String) {
        var pieces: [Piece] = []
        var current = String.UnicodeScalarView()
        var isHit = false
        func finish() {
            if !current.isEmpty { pieces.append(Piece(text: String(current), isHit: isHit)) }
            current = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case Self.begin, Self.end:
                finish()
                isHit = scalar == Self.begin
            default: current.append(scalar)
            }
        }
        finish()
        self.pieces = pieces
    }

    /// Takes a part of an email's text: its lines become one, and the `>` that quoted lines begin with go.
    init(markedLines text: String) {
        var line = String.UnicodeScalarView()
        var isBegin = true
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n", "\r":
                if !isBegin { line.append(" ") }
                isBegin = true
            case ">" where isBegin, " " where isBegin, "\t" where isBegin: break
            default:
                line.append(scalar)
                isBegin = false
            }
        }
        self.init(marked: String(line))
    }

    public var text: String { pieces.map(\.text).joined() }
    public var hasHit: Bool { pieces.contains(where: \.isHit) }
}
