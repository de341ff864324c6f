/// Reads a filter's words by descent: `or` binds weakest, then `and`, then `not`.
struct ODataFilterParser {
    /// Deeper nesting is refused, so that a hostile filter cannot exhaust the stack.
    private static let deepest = 50

    private var tokens: ArraySlice<ODataToken>
    private let text: String
    private var depth = 0

    init(tokens: [ODataToken], text: String) {
        self.tokens = tokens[...]
        self.text = text
    }

    mutating func whole() throws(GraphError) -> ODataFilter.Expression {
        let expression = try disjunction()
        guard tokens.isEmpty else { throw malformed }
        return expression
    }

    private mutating func disjunction() throws(GraphError) -> ODataFilter.Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else { throw malformed }
        var left = try conjunction()
        while take(word: "or") { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(GraphError) -> ODataFilter.Expression {
        var left = try negation()
        while take(word: "and") { left = .and(left, try negation()) }
        return left
    }

    private mutating func negation() throws(GraphError) -> ODataFilter.Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else { throw malformed }
        if take(word: "not") { return .not(try negation()) }
        if take(.open) {
            let inner = try disjunction()
            guard take(.close) else { throw malformed }
            return inner
        }
        guard case .word(let word) = tokens.first else { throw malformed }
        let name = word.lowercased()
        if ["startswith", "endswith", "contains"].contains(name) { return try function(name) }
        if let slash = word.lastIndex(of: "/"), word[slash...].lowercased() == "/any" {
            return try collection(path: word[..<slash].split(separator: "/").map(String.init))
        }
        let left = try operand()
        guard case .word(let comparison) = tokens.first,
            ["eq", "ne", "gt", "ge", "lt", "le"].contains(comparison.lowercased())
        else { throw malformed }
        tokens.removeFirst()
        return .comparison(left, comparison.lowercased(), try operand())
    }

    private mutating func function(_ name: String) throws(GraphError) -> ODataFilter.Expression {
        tokens.removeFirst()
        guard take(.open) else { throw malformed }
        let one = try operand()
        guard take(.comma) else { throw malformed }
        let other = try operand()
        guard take(.close) else { throw malformed }
        // `contains(…) eq true` says the same.
        if tokens.count >= 2, tokens.first == .word("eq"), tokens.dropFirst().first == .literal(true) {
            tokens.removeFirst(2)
        }
        return .function(name, one, other)
    }

    private mutating func collection(path: [String]) throws(GraphError) -> ODataFilter.Expression {
        tokens.removeFirst()
        guard take(.open), case .word(let variable) = tokens.popFirst(), take(.colon) else { throw malformed }
        let condition = try disjunction()
        guard take(.close) else { throw malformed }
        return .any(path: path, variable: variable, condition)
    }

    private mutating func operand() throws(GraphError) -> ODataFilter.Operand {
        switch tokens.popFirst() {
        case .word(let name): return .path(name.split(separator: "/").map(String.init))
        case .literal(let value): return .literal(value)
        default: throw malformed
        }
    }

    private mutating func take(_ token: ODataToken) -> Bool {
        guard tokens.first == token else { return false }
        tokens.removeFirst()
        return true
    }

    private mutating func take(word: String) -> Bool {
        guard case .word(let next) = tokens.first, next.lowercased() == word else { return false }
        tokens.removeFirst()
        return true
    }

    private var malformed: GraphError {
        .badRequest("BadRequest", "Invalid filter clause: there is a syntax error in '\(text)'.")
    }
}
