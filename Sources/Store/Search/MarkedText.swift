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

    public var text: String { pieces.map(\.text).joined() }
    public var hasHit: Bool { pieces.contains(where: \.isHit) }
}
