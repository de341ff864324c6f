import Foundation
import Wording

/// The catalogues of all languages, read once at the start.
struct Languages: Sendable {
    private let catalogues: [Language: Catalogue]

    static let folder = Bundle.module.bundleURL.appending(path: "Languages", directoryHint: .isDirectory)

    /// - Parameter missing: told of each text that a catalogue does not have: for tests.
    /// - Throws: when a file that is part of the program is missing or malformed.
    init(missing: (@Sendable (_ key: String, _ language: Language) -> Void)? = nil) throws {
        var catalogues = [Language.english: Catalogue.english]
        for language in Language.allCases where language != .english {
            let json = try Data(contentsOf: Self.folder.appending(path: "\(language.rawValue).json"))
            var told: (@Sendable (String) -> Void)?
            if let missing { told = { key in missing(key, language) } }
            catalogues[language] = try Catalogue(language, json: json, missing: told)
        }
        self.catalogues = catalogues
    }

    subscript(language: Language) -> Catalogue { catalogues[language] ?? .english }
}
