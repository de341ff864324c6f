/// The string literals of a Swift source, as the patterns that a `Phrase` makes of them.
struct SwiftLiterals {
    struct Literal: Hashable {
        let pattern: String
        /// From 1.
        let line: Int
        /// What stands before it on its line, or on the line above.
        let before: String
    }

    private(set) var literals: [Literal] = []
    private let source: [Character]
    private var index = 0
    private var line = 1

    static func of(_ source: String) -> [Literal] {
        var scan = SwiftLiterals(source: Array(source))
        scan.code(until: nil)
        return scan.literals
    }

    private init(source: [Character]) { self.source = source }

    private func starts(_ text: String) -> Bool {
        let text = Array(text)
        return index + text.count <= source.count && Array(source[index..<index + text.count]) == text
    }

    @discardableResult
    private mutating func take() -> Character {
        let character = source[index]
        if character.isNewline { line += 1 }
        index += 1
        return character
    }

    /// Code up to the closing bracket of an interpolation, or to the end.
    private mutating func code(until end: Character?) {
        var depth = 0
        while index < source.count {
            if starts("//") {
                while index < source.count, !source[index].isNewline { take() }
            } else if starts("#\"") {
                take()
                take()
                while index < source.count, !starts("\"#") { take() }
                take()
                take()
            } else if source[index] == "\"" {
                literal()
            } else {
                let character = take()
                if character == "(" { depth += 1 }
                if character == ")" {
                    if depth == 0, end != nil { return }
                    depth -= 1
                }
            }
        }
    }

    private var before: String {
        var start = index
        var lines = 0
        while start > 0, lines < 2, index - start < 120 {
            start -= 1
            if source[start].isNewline { lines += 1 }
        }
        return String(source[start..<index])
    }

    private mutating func literal() {
        let (begin, before) = (line, before)
        let isLong = starts("\"\"\"")
        for _ in 0..<(isLong ? 3 : 1) { take() }
        var text = ""
        var marks = 0
        while index < source.count {
            if isLong ? starts("\"\"\"") : source[index] == "\"" { break }
            guard source[index] == "\\" else {
                text.append(take())
                continue
            }
            take()
            switch take() {
            case "(":
                code(until: ")")
                marks += 1
                text += "{\(marks)}"
            case "n": text += "\n"
            case "t": text += "\t"
            case "u":
                take()
                var digits = ""
                while source[index] != "}" { digits.append(take()) }
                take()
                if let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) {
                    text.unicodeScalars.append(scalar)
                }
            case "\n": while source[index] == " " { take() }
            case let other: text.append(other)
            }
        }
        for _ in 0..<(isLong ? 3 : 1) where index < source.count { take() }
        if isLong {
            let indentation = text.reversed().prefix { $0 == " " }.count
            text = text.dropFirst().split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .map { String($0.dropFirst(indentation)) }.joined(separator: "\n")
        }
        literals.append(Literal(pattern: text, line: begin, before: before))
    }
}
