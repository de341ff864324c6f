import Foundation

/// The query options of a request (OData URL Conventions 4.01, section 5). Graph takes them with and without `$`.
struct ODataQuery: Sendable {
    private let fields: [String: String]

    init(_ query: String) {
        fields = Dictionary(
            FormFields(parsing: query).fields.map { field in
                (field.name.lowercased().replacingOccurrences(of: "$", with: ""), field.value)
            }, uniquingKeysWith: { _, last in last })
    }

    subscript(_ option: String) -> String? { fields[option.lowercased()] }

    /// The properties asked for; nil for all.
    var select: [String]? {
        self["select"].map { $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
    }

    func number(_ option: String) throws(GraphError) -> Int? {
        guard let text = self[option] else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw .badRequest(
                "BadRequest",
                "Invalid value '\(text)' for $\(option) query option found. It must be a non-negative integer.")
        }
        return number
    }

    /// The properties to sort by, the weightiest first.
    var order: [(property: String, isDescending: Bool)] {
        (self["orderby"] ?? "").split(separator: ",").map { term in
            let words = term.split(separator: " ")
            return (String(words.first ?? ""), words.count > 1 && words[1].lowercased() == "desc")
        }
    }

    /// The navigation properties to bring along, each with the words in its parentheses.
    var expansions: [(name: String, options: String)] {
        guard let text = self["expand"] else { return [] }
        var found: [(String, String)] = []
        var (name, options, depth) = ("", "", 0)
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if depth == 0, character == "," {
                found.append((name, options))
                (name, options) = ("", "")
            } else if depth == 0, character != ")" {
                name.append(character)
            } else if depth > 0, !(character == "(" && depth == 1) {
                options.append(character)
            }
        }
        return (found + [(name, options)]).map { ($0.0.trimmingCharacters(in: .whitespaces), $0.1) }
    }
}
