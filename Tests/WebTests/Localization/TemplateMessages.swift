@testable import Web

/// All texts of all templates that a person reads, with the templates that they stand in.
enum TemplateMessages {
    static func all() throws -> [(template: String, key: String)] {
        var messages: [(String, String)] = []
        for (name, source) in try Templates.sources().sorted(by: { $0.key < $1.key }) {
            _ = TemplateTranslator.translated(source) { key in
                messages.append((name, key))
                return key
            }
        }
        return messages
    }
}
