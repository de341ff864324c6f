import Foundation
import Mustache
import Wording

/// The templates of all pages in all languages, read once at the start.
struct Templates: Sendable {
    let languages: Languages
    private let libraries: [Language: MustacheLibrary]
    /// Told of each page before it is rendered: for the test that compares templates with models.
    var observer: (@Sendable (_ template: String, _ tree: Any) -> Void)?

    /// - Throws: when a folder that is part of the program is missing, or a template or a catalogue is malformed.
    init(languages: Languages? = nil) throws {
        let languages = try languages ?? Languages()
        let sources = try Self.sources()
        var libraries: [Language: MustacheLibrary] = [:]
        for language in Language.allCases {
            let catalogue = languages[language]
            var library = MustacheLibrary()
            for (name, source) in sources {
                let text = TemplateTranslator.translated(source) { catalogue.text($0, context: name) }
                try library.register(text, named: name)
            }
            libraries[language] = library
        }
        (self.languages, self.libraries) = (languages, libraries)
    }

    static let folder = Bundle.module.bundleURL.appending(path: "Templates", directoryHint: .isDirectory)

    /// By name: "Contacts/ContactListPage".
    static func sources() throws -> [String: String] {
        let suffix = ".mustache"
        var sources: [String: String] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where path.hasSuffix(suffix) {
            sources[String(path.dropLast(suffix.count))] = try String(
                contentsOf: folder.appending(path: path), encoding: .utf8)
        }
        return sources
    }

    /// - Throws: ``TemplateError/missing(_:)``.
    func render(_ page: some Page, in language: Language) throws -> String {
        let name = type(of: page).template
        let tree = PageTree(languages[language]).of(page)
        observer?(name, tree)
        guard let text = libraries[language]?.render(tree, withTemplate: name) else {
            throw TemplateError.missing(name)
        }
        return text
    }
}

/// A mistake in the program: a test renders each template.
enum TemplateError: Error {
    case missing(String)
}
