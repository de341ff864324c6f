import Foundation
import Testing

@testable import Mail

/// The HTML standard's tokenizer cases as html5lib keeps them: every case in each of its initial states, tokens and
/// parse errors (code, line, column).
@Suite(.enabled(if: SharedMaterial.isExpected, SharedMaterial.absence))
struct HTMLTokenizerConformanceTests {
    @Test(arguments: [
        "contentModelFlags", "domjs", "entities", "escapeFlag", "namedEntities", "numericEntities",
        "pendingSpecChanges", "test1", "test2", "test3", "test4", "unicodeChars", "unicodeCharsProblematic",
        "xmlViolation",
    ])
    func `the tokens and errors are those of html5lib`(file: String) throws {
        guard let cases = try TokenizerCase.load(file) else { return }
        #expect(!cases.isEmpty)
        var runs = 0
        var failures: [String] = []
        for item in cases {
            for (name, state) in item.states {
                runs += 1
                let result = item.run(from: state)
                if result.tokens != item.tokens {
                    failures.append("\(item.description) [\(name)]: \(result.tokens) instead of \(item.tokens)")
                } else if let errors = item.errors, result.errors != errors {
                    failures.append("\(item.description) [\(name)]: \(result.errors) instead of \(errors)")
                }
            }
        }
        print("html5lib \(file): \(runs - failures.count) of \(runs) pass")
        for failure in failures.prefix(20) { Issue.record(Comment(rawValue: failure)) }
        #expect(failures.count == 0)
    }
}

/// One case of a `.test` file. Text is UTF-8; a lone surrogate stands as the three bytes that UTF-8 would give it.
private struct TokenizerCase {
    var description: String
    var input: [UInt8]
    var states: [(String, HTMLTokenizer.State)]
    var lastStartTag: String
    var tokens: [Token]
    /// "line:column code", sorted; `nil` where the file leaves them out.
    var errors: [String]?

    enum Token: Equatable, CustomStringConvertible {
        case doctype(name: [UInt8]?, publicID: [UInt8]?, systemID: [UInt8]?, correct: Bool)
        case start(name: [UInt8], attributes: [[UInt8]: [UInt8]], selfClosing: Bool)
        case end(name: [UInt8])
        case comment([UInt8])
        case text([UInt8])

        var description: String {
            func quoted(_ text: [UInt8]?) -> String {
                text.map { String(decoding: $0, as: UTF8.self).debugDescription } ?? "-"
            }
            return switch self {
            case .doctype(let name, let publicID, let systemID, let correct):
                "doctype(\(quoted(name)) \(quoted(publicID)) \(quoted(systemID)) \(correct))"
            case .start(let name, let attributes, let selfClosing):
                "start(\(quoted(name)) \(attributes.map { quoted($0) + "=" + quoted($1) }) \(selfClosing))"
            case .end(let name): "end(\(quoted(name)))"
            case .comment(let text): "comment(\(quoted(text)))"
            case .text(let text): "text(\(quoted(text)))"
            }
        }
    }

    static func load(_ file: String) throws -> [TokenizerCase]? {
        guard let data = SharedMaterial.data("corpus/html5lib-tests/tokenizer/\(file).test") else { return nil }
        let top = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        // xmlViolation.test expects the text after "coercing an HTML DOM into an infoset", a step for XML trees: it
        // forbids form feeds, noncharacters and "--" in comments. Nothing here builds XML, so those are checked without
        // it.
        let isXML = top["xmlViolationTests"] != nil
        let items = try #require((top["tests"] ?? top["xmlViolationTests"]) as? [[String: Any]])
        return try items.map { try TokenizerCase($0, undoingCoercion: isXML) }
    }

    init(_ item: [String: Any], undoingCoercion: Bool) throws {
        let escaped = item["doubleEscaped"] as? Bool ?? false
        func bytes(_ value: Any?) -> [UInt8]? { (value as? String).map { Self.bytes($0, escaped: escaped) } }
        description = item["description"] as? String ?? "?"
        input = try #require(bytes(item["input"]))
        lastStartTag = item["lastStartTag"] as? String ?? ""
        states = try (item["initialStates"] as? [String] ?? ["Data state"]).map { name in
            let known: [String: HTMLTokenizer.State] = [
                "Data state": .data, "PLAINTEXT state": .plaintext, "RCDATA state": .rcdata, "RAWTEXT state": .rawtext,
                "Script data state": .scriptData, "CDATA section state": .cdataSection,
            ]
            return (name, try #require(known[name]))
        }
        tokens = try #require(item["output"] as? [[Any]]).map { token in
            switch token[0] as? String {
            case "DOCTYPE":
                .doctype(
                    name: bytes(token[1]), publicID: bytes(token[2]), systemID: bytes(token[3]),
                    correct: try #require(token[4] as? Bool))
            case "StartTag":
                .start(
                    name: try #require(bytes(token[1])),
                    attributes: try Dictionary(
                        uniqueKeysWithValues: #require(token[2] as? [String: Any]).map {
                            (Self.bytes($0, escaped: escaped), try #require(bytes($1)))
                        }),
                    selfClosing: token.count > 3)
            case "EndTag": .end(name: try #require(bytes(token[1])))
            case "Comment": .comment(try #require(bytes(token[1])))
            default: .text(try #require(bytes(token[1])))
            }
        }
        errors = (item["errors"] as? [[String: Any]]).map { errors in
            errors.map { "\($0["line"] ?? "?"):\($0["col"] ?? "?") \($0["code"] ?? "?")" }.sorted()
        }
        if undoingCoercion { undoCoercion() }
    }

    private mutating func undoCoercion() {
        func undone(_ text: [UInt8]) -> [UInt8] {
            switch String(decoding: text, as: UTF8.self) {
            case "a\u{FFFD}b": Array("a\u{FFFF}b".utf8)
            case "a b": Array("a\u{0C}b".utf8)
            case " foo - - bar ": Array(" foo -- bar ".utf8)
            default: text
            }
        }
        tokens = tokens.map { token in
            switch token {
            case .text(let text): .text(undone(text))
            case .comment(let text): .comment(undone(text))
            default: token
            }
        }
    }

    /// The text's UTF-8, `\uXXXX` undone once more where the file says so.
    private static func bytes(_ text: String, escaped: Bool) -> [UInt8] {
        guard escaped else { return Array(text.utf8) }
        var units: [UInt16] = []
        var rest = Substring(text)
        while let character = rest.unicodeScalars.first {
            if rest.hasPrefix("\\u"), let unit = UInt16(rest.dropFirst(2).prefix(4), radix: 16) {
                units.append(unit)
                rest = rest.dropFirst(6)
            } else {
                units += Array(String(character).utf16)
                rest = Substring(rest.unicodeScalars.dropFirst())
            }
        }
        var bytes: [UInt8] = []
        var index = 0
        while index < units.count {
            let unit = units[index]
            if unit & 0xFC00 == 0xD800, index + 1 < units.count, units[index + 1] & 0xFC00 == 0xDC00 {
                bytes += Array(String(decoding: units[index...index + 1], as: UTF16.self).utf8)
                index += 2
                continue
            }
            if unit & 0xF800 == 0xD800 {
                bytes += [0xE0 | UInt8(unit >> 12), 0x80 | UInt8(unit >> 6 & 0x3F), 0x80 | UInt8(unit & 0x3F)]
            } else {
                bytes += Array(String(decoding: [unit], as: UTF16.self).utf8)
            }
            index += 1
        }
        return bytes
    }

    func run(from state: HTMLTokenizer.State) -> (tokens: [Token], errors: [String]) {
        var tokenizer = HTMLTokenizer(input, state: state, lastStartTag: lastStartTag, collectsErrors: true)
        var tokens: [Token] = []
        while let token = tokenizer.next() {
            switch token {
            case .doctype(let doctype):
                tokens.append(
                    .doctype(
                        name: doctype.name, publicID: doctype.publicIdentifier, systemID: doctype.systemIdentifier,
                        correct: !doctype.forcesQuirks))
            case .startTag(let tag):
                let attributes = Dictionary(
                    uniqueKeysWithValues: tag.attributes.map { (Array($0.name), Array($0.value)) })
                tokens.append(.start(name: Array(tag.name), attributes: attributes, selfClosing: tag.isSelfClosing))
            case .endTag(let tag): tokens.append(.end(name: Array(tag.name)))
            case .comment(let text): tokens.append(.comment(Array(text)))
            case .characters(let text):
                if case .text(let before) = tokens.last {
                    tokens[tokens.count - 1] = .text(before + text)
                } else {
                    tokens.append(.text(Array(text)))
                }
            }
        }
        return (tokens, tokenizer.errors.map { "\(place(of: $0.offset)) \($0.code.rawValue)" }.sorted())
    }

    /// Line and column, from 1 and in UTF-16 units, of a byte offset in the input with its newlines normalised.
    private func place(of offset: Int) -> String {
        var line = 1
        var column = 1
        var index = 0
        var position = 0
        while index < input.count, position < offset {
            let byte = input[index]
            let isNewline = byte == 0x0A || byte == 0x0D
            if byte == 0x0D, index + 1 < input.count, input[index + 1] == 0x0A { index += 1 }
            if isNewline {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += byte >= 0xF0 ? 2 : 1
            }
            index += 1
            position += 1
        }
        return "\(line):\(column)"
    }
}
