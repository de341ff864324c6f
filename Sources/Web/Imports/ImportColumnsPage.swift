import CRM
import Hummingbird
import Interchange
import Store
import Wording

/// What the columns of a file become, and what happens to addresses that exist already.
struct ImportColumnsPage: Page {
    static let module = "Imports"
    let layout: Layout
    let id: String
    let fileName: Phrase
    let size: Phrase
    let problem: Phrase?
    /// A CSV file: its columns can be chosen.
    let isTable: Bool
    let hasHeader: Bool
    let columns: [Column]
    /// The first contacts, as they will be.
    let contacts: [Preview]
    let hasContacts: Bool
    let existing: [Option]
    let owners: [Choice]

    /// One column of the file.
    struct Column: Sendable {
        let name: String
        let title: Phrase
        let samples: [String]
        let fields: [Choice]
    }

    struct Preview: Sendable {
        /// There is a contact to show: the cells could be told apart.
        let isRead: Bool
        let name: String
        let account: String?
        let addresses: [String]
        let phone: String?
        /// Why the line will not be imported.
        let refusal: Phrase?
    }

    /// A radio button.
    struct Option: Sendable {
        let value: String
        let label: Phrase
        let hint: Phrase
        let isChosen: Bool
    }

    /// Lines of the file that are shown.
    static let previewLimit = 5

    static func show(_ visit: Visit, _ found: ContactImport) async throws -> Response {
        try await answer(visit, found, chosen: found.choices, nil)
    }

    /// Begins the import; the button `preview` only shows what would come of the choices.
    static func choose(_ visit: Visit) async throws -> Response {
        let found = try await visit.contactImport()
        guard ![.queued, .staging, .done].contains(found.state) else {
            return visit.redirect("\(ImportPage.path)/\(found.id)")
        }
        let choices = try await choices(visit, found)
        if visit.form.contains("preview") { return try await answer(visit, found, chosen: choices, nil) }
        if found.kind == FileKind.csv.rawValue, let problem = problem(ColumnMapping(choices)) {
            return try await answer(visit, found, chosen: choices, problem)
        }
        let user = visit.viewer.id
        try await visit.write { _ = try ContactImports.enqueue($0, $1, of: user, found.id, choices) }
        visit.web.imports.look()
        return visit.redirect("\(ImportPage.path)/\(found.id)")
    }

    private static func problem(_ mapping: ColumnMapping) -> Phrase? {
        if let field = mapping.doubled {
            return "Two columns become “\(field.label)”. Choose another field for one of them, or leave it out."
        }
        if !mapping.namesSomebody { return "Choose a column for the name or the email address." }
        return nil
    }

    private static func choices(_ visit: Visit, _ found: ContactImport) async throws -> ImportChoices {
        let form = visit.form
        let owner = UserID(form["owner"])
        let users = try await visit.read { try Users.colleagues($0, $1).map(\.id) }
        let columns = form.all("column").map { ContactField(rawValue: $0)?.rawValue ?? "" }
        return ImportChoices(
            columns: columns, hasHeader: form.isChecked("header"),
            existing: ImportChoices.Existing(rawValue: form["existing"]) ?? .skip,
            owner: owner.flatMap { users.contains($0) ? $0 : nil })
    }

    // MARK: The page

    private static func answer(
        _ visit: Visit, _ found: ContactImport, chosen: ImportChoices?, _ problem: Phrase?
    ) async throws -> Response {
        let (content, users) = try await visit.read { tx, organization in
            (
                try ContactImports.content(tx, organization, found.id, pieces: 1),
                try Users.colleagues(tx, organization)
            )
        }
        let isTable = found.kind == FileKind.csv.rawValue
        let text = TextFile.utf8(content)
        let rows = isTable ? rows(text) : []
        let mapping = chosen.map { ColumnMapping($0) } ?? ColumnMapping.guessed(from: rows)
        let owner = chosen == nil ? visit.viewer.id : chosen?.owner
        let existing = chosen?.existing ?? .skip
        let choices = ImportChoices(
            columns: mapping.fields.map { $0?.rawValue ?? "" }, hasHeader: mapping.hasHeader, existing: existing,
            owner: owner)
        var source = ImportSource(content, kind: isTable ? .csv : .vCard, choices)
        let contacts = source.shown(previewLimit)
        return try visit.page(
            ImportColumnsPage(
                layout: visit.layout("Import contacts", .contacts), id: found.id.description,
                fileName: .file(found.fileName), size: Quantity.size(found.size), problem: problem,
                isTable: isTable, hasHeader: mapping.hasHeader, columns: columns(rows, mapping),
                contacts: contacts.map(Preview.init), hasContacts: !contacts.isEmpty, existing: options(existing),
                owners: [Choice("", "Nobody", isChosen: owner == nil)]
                    + users.map { Choice($0.id.description, .verbatim($0.name), isChosen: $0.id == owner) }),
            status: problem == nil ? .ok : .unprocessableContent)
    }

    private static func options(_ chosen: ImportChoices.Existing) -> [Option] {
        [
            Option(
                value: "skip", label: "Skip the line", hint: "The contact stays as it is.", isChosen: chosen == .skip),
            Option(
                value: "update", label: "Update the contact",
                hint:
                    "What the line says replaces what the contact says. What it leaves empty stays; no address goes.",
                isChosen: chosen == .update),
        ]
    }

    private static func rows(_ text: [UInt8]) -> [[String]] {
        Array(CSVReader(text).lazy.compactMap { try? $0.content.get() }.prefix(previewLimit + 1))
    }

    private static func columns(_ rows: [[String]], _ mapping: ColumnMapping) -> [Column] {
        mapping.fields.enumerated().map { index, field in
            let header = mapping.hasHeader ? rows.first.flatMap { index < $0.count ? $0[index].nonEmpty : nil } : nil
            let samples = rows.dropFirst(mapping.hasHeader ? 1 : 0).compactMap { row in
                index < row.count ? row[index].trimmed.nonEmpty : nil
            }
            return Column(
                name: "column-\(index)", title: header.map { .verbatim($0) } ?? "Column \(index + 1)",
                samples: samples.prefix(3).map { $0.count > 60 ? $0.prefix(60) + "…" : $0 },
                fields: [Choice("", "Leave out", isChosen: field == nil)]
                    + ContactField.allCases.map { Choice($0.rawValue, $0.label, isChosen: $0 == field) })
        }
    }
}

extension ImportColumnsPage.Preview {
    init(_ shown: ImportSource.Shown) {
        let record = shown.record
        isRead = !record.isEmpty
        refusal = shown.refusal.map { .sentences(["Line \(shown.line) will not be imported.", $0]) }
        name = PersonName.full(first: record.firstName, last: record.lastName, orElse: record.addresses.first)
        account = record.account.name.nonEmpty
        addresses = Array(record.addresses.prefix(3))
        phone = record.phone.nonEmpty
    }
}
