import CRM
import Hummingbird
import Interchange
import Store
import Wording

/// Takes a file of contacts, and lists the imports of the last days.
struct ImportPage: Page {
    static let module = "Imports"
    static let path: String = "/contacts/import"
    let layout: Layout
    let problem: Phrase?
    let limit: Int
    let imports: [Line]
    let hasImports: Bool

    struct Line: Sendable {
        let id: String
        let fileName: Phrase
        let state: Phrase
        let created: Moment
    }

    static func show(_ visit: Visit) async throws -> Response { try await answer(visit, nil) }

    static func upload(_ visit: Visit) async throws -> Response {
        guard let upload = visit.context.upload, !upload.fileName.isEmpty || !upload.content.isEmpty else {
            return try await answer(visit, "Choose a file.")
        }
        if upload.content.count > Upload.limit { throw WebError.fileTooLarge }
        let kind: FileKind
        do {
            kind = try FileKind.of(upload.content)
        } catch {
            return try await answer(visit, error.sentence)
        }
        let id = try await keep(visit, upload, kind)
        return visit.redirect("\(path)/\(id)")
    }

    /// The file goes in piece by piece, so that others can write in between.
    private static func keep(_ visit: Visit, _ upload: Upload, _ kind: FileKind) async throws -> ContactImportID {
        let (user, now) = (visit.viewer.id, visit.now)
        let id = try await visit.write { tx, organization in
            try ContactImports.create(
                tx, organization, by: user, fileName: upload.fileName, kind: kind.rawValue, size: upload.content.count,
                now: now)
        }
        let size = ContactImports.pieceSize
        for (position, start) in stride(from: 0, to: upload.content.count, by: size).enumerated() {
            let piece = Array(upload.content[start..<min(start + size, upload.content.count)])
            try await visit.write { try ContactImports.add($0, $1, id, piece: piece, position: position) }
        }
        return id
    }

    private static func answer(_ visit: Visit, _ problem: Phrase?) async throws -> Response {
        let user = visit.viewer.id
        let imports = try await visit.read { try ContactImports.list($0, $1, of: user, limit: 10) }
        let dates = visit.dates
        return try visit.page(
            ImportPage(
                layout: visit.layout("Import contacts", .contacts), problem: problem, limit: Upload.limit / 1_048_576,
                imports: imports.map { listed in
                    Line(
                        id: listed.id.description, fileName: .file(listed.fileName),
                        state: ImportState(listed).title, created: dates.moment(listed.createdAt))
                }, hasImports: !imports.isEmpty), status: problem == nil ? .ok : .unprocessableContent)
    }
}

extension Visit {
    /// The import that the path names, if the viewer made it.
    func contactImport() async throws -> ContactImport {
        let (id, user): (ContactImportID, UserID) = (try id("import"), viewer.id)
        guard let found = try await read({ try ContactImports.find($0, $1, of: user, id) }) else {
            throw WebError.notFound(.contactImport)
        }
        return found
    }
}
