import Foundation
import Testing
import Wording

@testable import Web

/// The catalogues against what the product says.
@Suite struct CatalogueFileTests {
    static let languages = Language.allCases.filter { $0 != .english }

    static func lines(_ language: Language) throws -> [String] {
        let file = Languages.folder.appending(path: "\(language.rawValue).json")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test(arguments: languages)
    func `every text of every template is in the catalogue`(language: Language) throws {
        let entries = try Languages()[language].entries
        let messages = try TemplateMessages.all()
        #expect(messages.count > 500)
        for (template, key) in messages
        where entries[key] == nil && entries[Catalogue.key(key, context: template)] == nil {
            Issue.record("\(language.rawValue).json lacks a text of \(template): \(key)")
        }
    }

    @Test(arguments: languages)
    func `every sentence of the Swift sources is in the catalogue, with its forms where it has a number`(
        language: Language
    ) throws {
        let entries = try Languages()[language].entries
        let phrases = try SwiftPhrases.all()
        #expect(phrases.count > 500)
        for phrase in phrases where !phrase.isSingular {
            guard let entry = entries[phrase.key] else {
                Issue.record("\(language.rawValue).json lacks a sentence of \(phrase.place): \(phrase.key)")
                continue
            }
            if phrase.isPlural, case .text = entry {
                Issue.record("\(language.rawValue).json lacks the forms one and other of: \(phrase.key)")
            }
        }
    }

    @Test(arguments: languages)
    func `every entry is said somewhere`(language: Language) throws {
        let messages = try TemplateMessages.all()
        let inTemplates = Set(messages.map(\.key))
        let inContext = Set(messages.map { Catalogue.key($1, context: $0) })
        let inSwift = Set(try SwiftPhrases.literals().flatMap { $0.literals.map(\.pattern) })
        for key in try Languages()[language].entries.keys.sorted()
        where !inTemplates.contains(key) && !inContext.contains(key) && !inSwift.contains(key) {
            Issue.record("\(language.rawValue).json has what nothing says: \(key)")
        }
    }

    @Test(arguments: languages)
    func `a translation puts in what the English text does, and keeps its tags`(language: Language) throws {
        for (key, entry) in try Languages()[language].entries {
            let wanted = Self.marks(key)
            switch entry {
            case .text(let text): #expect(Self.marks(text) == wanted, "\(key)")
            case .plural(let one, let other):
                #expect(Self.marks(other) == wanted, "\(key)")
                #expect(Self.marks(one) == wanted || Self.marks(one).isEmpty, "\(key)")
            }
        }
    }

    /// What must be the same: "{1}", "{{name}}", "{{#name}}", "<1>", each as often as it stands there.
    private static func marks(_ text: String) -> [String] {
        text.matches(of: /\{\{[^}]*\}\}|\{\d+\}|<\/?\d+>/).map { String($0.output) }.sorted()
    }

    @Test(arguments: languages)
    func `the entries stand in order, each once`(language: Language) throws {
        let keys = try Self.lines(language).compactMap { line -> String? in
            guard line.hasPrefix("  \""), !line.hasPrefix("    ") else { return nil }
            let rest = line.dropFirst(3)
            return rest.firstRange(of: "\": ").map { String(rest[..<$0.lowerBound]) }?.replacing("\\\"", with: "\"")
        }
        #expect(keys.count == (try Languages()[language].entries.count))
        for (one, next) in zip(keys, keys.dropFirst()) {
            #expect(one.unicodeScalars.lexicographicallyPrecedes(next.unicodeScalars), "\(next)")
        }
    }
}
