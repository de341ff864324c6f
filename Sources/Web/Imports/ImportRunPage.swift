import HTTPTypes
import Hummingbird
import Store
import Wording

/// How far an import is, and what came of it.
struct ImportRunPage: Page {
    static let module = "Imports"
    let layout: Layout
    let id: String
    let fileName: Phrase
    let state: ImportState
    let progress: Progress?
    let isUnderWay: Bool
    /// What it came to; nil until it is done.
    let results: [Result]
    let hasResults: Bool
    let problems: [Problem]
    let hasProblems: Bool
    /// There are more than are shown.
    let more: Phrase?

    struct Progress: Sendable {
        let value: Int
        let label: Phrase
    }

    struct Result: Sendable {
        let label: Phrase
        let count: Phrase
    }

    struct Problem: Sendable {
        let line: Int
        let reason: Phrase
    }

    /// Refused lines that are shown; all of them are in the file to download.
    static let problemLimit = 20
    /// How often the page of a running import fetches itself, in seconds.
    static let refresh = "2"

    static func show(_ visit: Visit) async throws -> Response {
        let found = try await visit.contactImport()
        if found.state != .queued && found.state != .staging && found.state != .done {
            if found.state == .uploaded || visit.query.contains("again") {
                return try await ImportColumnsPage.show(visit, found)
            }
        }
        let problems = try await visit.read { try ImportProblems.list($0, $1, found.id, limit: problemLimit) }
        let isUnderWay = found.state == .queued || found.state == .staging
        let page = ImportRunPage(visit, found, isUnderWay ? [] : problems, isUnderWay: isUnderWay)
        var response = try visit.page(page)
        if isUnderWay { response.headers[.refresh] = refresh }
        return response
    }

    static func cancel(_ visit: Visit) async throws -> Response {
        let found = try await visit.contactImport()
        let (user, now) = (visit.viewer.id, visit.now)
        try await visit.write { _ = try ContactImports.cancel($0, $1, of: user, found.id, now: now) }
        visit.web.imports.look()
        return visit.redirect("\(ImportPage.path)/\(found.id)")
    }

    private init(_ visit: Visit, _ found: ContactImport, _ problems: [ImportProblem], isUnderWay: Bool) {
        layout = visit.layout("Import contacts", .contacts)
        id = found.id.description
        fileName = .file(found.fileName)
        state = ImportState(found)
        self.isUnderWay = isUnderWay
        progress =
            found.state == .staging
            ? Progress(value: found.progress, label: "\(found.progress / 10) %") : nil
        let counts = found.counts
        let all: [(Phrase, Int)] = [
            ("Contacts added", counts.added), ("Contacts updated", counts.updated),
            ("Contacts that were like that already", counts.unchanged),
            ("Lines skipped, because the contact exists", counts.skipped), ("Lines not imported", counts.refused),
        ]
        let isDone = found.state == .done
        results =
            isDone
            ? all.enumerated().filter { $0.offset == 0 || $0.element.1 > 0 }.map {
                Result(label: $0.element.0, count: Quantity.count($0.element.1))
            } : []
        hasResults = isDone
        self.problems = isDone ? problems.map { Problem(line: $0.line, reason: $0.reason) } : []
        hasProblems = isDone && !problems.isEmpty
        let rest = counts.refused - problems.count
        more = rest > 0 ? .counting(rest, one: "And \(count: rest) more.", other: "And \(count: rest) more.") : nil
    }
}

extension HTTPField.Name {
    static let refresh = HTTPField.Name("Refresh")!
}
