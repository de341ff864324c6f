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
        for (template, key) in try TemplateMessages.all()
        where entries[key] == nil && entries[Catalogue.key(key, context: template)] == nil {
            Issue.record("\(language.rawValue).json lacks a text of \(template): \(key)")
        }
    }

    @Test(arguments: languages)
    func `the entries stand in order, each once`(language: Language) throws {
        let keys = try Self.lines(language).compactMap { line -> String? in
            guard line.hasPrefix("  \"") else { return nil }
            let rest = line.dropFirst(3)
            return rest.firstRange(of: "\": ").map { String(rest[..<$0.lowerBound]) }?.replacing("\\\"", with: "\"")
        }
        #expect(keys.count == (try Languages()[language].entries.count))
        for (one, next) in zip(keys, keys.dropFirst()) {
            #expect(one.unicodeScalars.lexicographicallyPrecedes(next.unicodeScalars), "\(next)")
        }
    }
}
