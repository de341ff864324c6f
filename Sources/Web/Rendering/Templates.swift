import Foundation
import Mustache

/// The templates of all pages, read once at the start.
struct Templates: Sendable {
    private let library: MustacheLibrary
    /// Told of each page before it is rendered: for the test that compares templates with models.
    private let observer: (@Sendable (_ template: String, _ tree: Any) -> Void)?

    /// - Throws: when the folder that is part of the program is missing or a template is malformed.
    init(observer: (@Sendable (_ template: String, _ tree: Any) -> Void)? = nil) async throws {
        library = try await MustacheLibrary(directory: Self.folder.path)
        self.observer = observer
    }

    static let folder = Bundle.module.bundleURL.appending(path: "Templates", directoryHint: .isDirectory)

    /// - Throws: ``TemplateError/missing(_:)``.
    func render(_ page: some Page) throws -> String {
        let name = type(of: page).template
        let tree = PageTree.of(page)
        observer?(name, tree)
        guard let text = library.render(tree, withTemplate: name) else { throw TemplateError.missing(name) }
        return text
    }
}

/// A mistake in the program: a test renders each template.
enum TemplateError: Error {
    case missing(String)
}
