import CRM
import Hummingbird
import Interchange
import Store

/// The lines of an import that were refused, as CSV: their number, the reason, and the line as it stands in the file,
/// so that it can be corrected and imported again.
enum ImportProblemsFile {
    static let pageSize = 1_000

    static func show(_ visit: Visit) async throws -> Response {
        let found = try await visit.contactImport()
        let (web, organization) = (visit.web, visit.organization)
        let catalogue = web.templates.languages[visit.language]
        let header = try await header(visit, found)
        return Response(
            status: .ok, headers: Download.headers("not-imported.csv", type: "text/csv; charset=utf-8"),
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: CSVWriter.mark + CSVWriter.line(header)))
                var last = 0
                while true {
                    let after = last
                    let problems = try await web.database.read {
                        try ImportProblems.list($0, organization, found.id, after: after, limit: pageSize)
                    }
                    let text = problems.map { CSVWriter.line(["\($0.line)", catalogue.text($0.reason)] + $0.cells) }
                        .joined()
                    if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
                    guard let line = problems.last?.line, problems.count == pageSize else { break }
                    last = line
                }
                try await writer.finish(nil)
            })
    }

    /// The names that the columns were given, for the file itself may be gone.
    private static func header(_ visit: Visit, _ found: ContactImport) async throws -> [String] {
        let catalogue = visit.web.templates.languages[visit.language]
        let line = [catalogue.text("Line"), catalogue.text("Reason")]
        guard found.kind == FileKind.csv.rawValue else { return line + ContactColumns.header.map(catalogue.text) }
        let columns = found.choices.map { ColumnMapping($0).fields } ?? []
        return line + columns.enumerated().map { catalogue.text($1?.label ?? "Column \($0 + 1)") }
    }
}
