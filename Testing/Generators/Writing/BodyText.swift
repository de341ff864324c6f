/// What an author writes, before any mail program lays it out: blocks divided by empty lines. A block whose lines begin
/// with "- " is a list, one whose lines hold " | " is a table, any other is a paragraph.
struct BodyText: Sendable, Hashable {
    enum Block: Sendable, Hashable {
        case paragraph(String)
        case list([String])
        case table([[String]])
    }

    let blocks: [Block]

    init(_ text: String) {
        var blocks: [Block] = []
        var lines: [String] = []
        func close(_ lines: inout [String], _ blocks: inout [Block]) {
            defer { lines = [] }
            guard let first = lines.first else { return }
            if first.hasPrefix("- ") {
                blocks.append(.list(lines.map { String($0.dropFirst(2)) }))
            } else if first.contains(" | ") {
                blocks.append(.table(lines.map(Self.cells)))
            } else {
                blocks.append(.paragraph(lines.joined(separator: " ")))
            }
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty { close(&lines, &blocks) } else { lines.append(String(line)) }
        }
        close(&lines, &blocks)
        self.blocks = blocks
    }

    private static func cells(_ line: String) -> [String] {
        line.split(separator: "|").map { cell in
            String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// One line a paragraph, list item or table row; an empty line between blocks.
    var lines: [String] {
        blocks.map { block -> [String] in
            switch block {
            case .paragraph(let text): [text]
            case .list(let items): items.map { "- " + $0 }
            case .table(let rows): rows.map { $0.joined(separator: " | ") }
            }
        }.joined(separator: [""]).map { $0 }
    }

    /// - Parameter paragraph: the tag and attributes of a paragraph, such as `p class="MsoNormal"`.
    func html(paragraph: String) -> String {
        let tag = paragraph.prefix { $0 != " " }
        return blocks.map { block in
            switch block {
            case .paragraph(let text): "<\(paragraph)>\(Self.escape(text))</\(tag)>"
            case .list(let items): "<ul>\(items.map { "<li>\(Self.escape($0))</li>" }.joined())</ul>"
            case .table(let rows): Self.table(rows)
            }
        }.joined(separator: "\n")
    }

    private static func table(_ rows: [[String]]) -> String {
        let body = rows.enumerated().map { index, cells in
            let tag = index == 0 ? "th align=\"left\"" : "td"
            return "<tr>\(cells.map { "<\(tag)>\(escape($0))</\(tag.prefix(2))>" }.joined())</tr>"
        }
        return
            "<table border=\"1\" cellpadding=\"6\" style=\"border-collapse:collapse\">\n\(body.joined(separator: "\n"))\n</table>"
    }

    static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\u{A0}": result += "&nbsp;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
