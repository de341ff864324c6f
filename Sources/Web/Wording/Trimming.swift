extension StringProtocol {
    /// Without blanks around it.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}

extension String {
    /// Nil for an empty text, which templates pass over.
    var nonEmpty: String? { isEmpty ? nil : self }
}
