/// A server's whole answer to a command, of one line or several (RFC 5321, section 4.2).
public struct SMTPReply: Hashable, Sendable {
    /// The first digit, which alone decides whether the command succeeded (RFC 5321, section 4.2.1).
    public enum Kind: Int, Sendable {
        case positiveCompletion = 2
        case positiveIntermediate = 3
        case transientNegative = 4
        case permanentNegative = 5
    }

    /// 200 to 599.
    public let code: Int
    public let kind: Kind
    /// The text of each line, at least one, without code, separator and line end. Octets that are not UTF-8 and control
    /// characters read as U+FFFD.
    public let lines: [String]
    /// The finer code, where the first line begins with one of the same class (RFC 2034, section 4).
    public let enhanced: EnhancedStatusCode?

    /// nil where the code is out of range or there is no line.
    public init?(code: Int, lines: [String]) {
        guard (200...599).contains(code), let kind = Kind(rawValue: code / 100), let first = lines.first else {
            return nil
        }
        self.code = code
        self.kind = kind
        self.lines = lines
        enhanced = SMTPReply.enhanced(in: first, of: kind)
    }

    /// The text of all lines in one, without the enhanced codes.
    public var text: String {
        lines.map { line in
            guard SMTPReply.enhanced(in: line, of: kind) != nil else { return line[...] }
            return line.drop { $0 != " " }.dropFirst()
        }
        .joined(separator: " ")
    }

    private static func enhanced(in line: String, of kind: Kind) -> EnhancedStatusCode? {
        guard let word = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).first,
            let code = EnhancedStatusCode(word), code.class.rawValue == kind.rawValue
        else { return nil }
        return code
    }
}

extension SMTPReply: CustomStringConvertible {
    /// For logs.
    public var description: String { "\(code) \(lines.joined(separator: " / "))" }
}
