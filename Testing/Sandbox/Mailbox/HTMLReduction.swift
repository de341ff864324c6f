import Foundation

/// HTML as plain text, roughly: elements out, breaks and paragraphs as lines, the commonest character references read.
/// A stand-in for what a mail service does itself; how the real ones lay it out differs in detail.
enum HTMLReduction {
    static func text(_ html: String) -> String {
        var text = ""
        var rest = Substring(html)
        while let open = rest.firstIndex(of: "<") {
            text += rest[..<open]
            guard let close = rest[open...].firstIndex(of: ">") else { break }
            let tag = rest[rest.index(after: open)..<close].lowercased()
            rest = rest[rest.index(after: close)...]
            let name = String(tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
            if hidden.contains(name), !tag.hasPrefix("/") {
                let end = rest.range(of: "</\(name)", options: .caseInsensitive)?.lowerBound ?? rest.endIndex
                rest = rest[end...]
            } else if lines.contains(name), tag.hasPrefix("/") || name == "br" {
                text += "\n"
            }
        }
        text += rest
        for (reference, character) in references { text = text.replacingOccurrences(of: reference, with: character) }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: "\r\n")
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static let hidden: Set<String> = ["head", "style", "script", "title"]
    private static let lines: Set<String> = ["br", "p", "div", "tr", "li", "h1", "h2", "h3", "blockquote"]
    /// The ampersand last, so that what it stood before is read once.
    private static let references = [
        ("\r", ""), ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
    ]
}
