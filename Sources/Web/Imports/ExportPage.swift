import CRM
import Hummingbird
import Interchange
import Store
import Wording

/// Asks in which format the contacts, or those of a search, are wanted, and sends them.
struct ExportPage: Page {
    static let module = "Imports"
    let layout: Layout
    let query: String
    let hasQuery: Bool
    /// The list is narrowed by more than words.
    let isFiltered: Bool
    /// What the list is narrowed to and sorted by.
    let kept: [Field]
    let back: String
    let problem: Phrase?

    enum Format: String, Sendable {
        case csv
        case vCard = "vcard"
    }

    /// Contacts read at once while the file is sent.
    static let pageSize = 500

    static func show(_ visit: Visit) async throws -> Response {
        try answer(visit, ListState(.contacts, visit.query), nil)
    }

    /// The file is written while it is sent, so that it costs the same memory however long it is. Contacts that come or
    /// go meanwhile neither repeat nor hide others.
    static func send(_ visit: Visit) async throws -> Response {
        let state = ListState(.contacts, visit.form)
        guard let format = Format(rawValue: visit.form["format"]) else {
            return try answer(visit, state, "Choose a format.")
        }
        let (web, organization, user, now) = (visit.web, visit.organization, visit.viewer.id, visit.now)
        try await visit.write { tx, organization in
            var subject = try state.names(tx, organization, viewer: user)
            subject["format"] = format.rawValue
            try AuditTrail.record(tx, organization, by: user, .contactsExported, subject, now: now)
        }
        let catalogue = web.templates.languages[visit.language]
        let (name, type) =
            format == .csv
            ? ("contacts.csv", "text/csv; charset=utf-8") : ("contacts.vcf", "text/vcard; charset=utf-8")
        return Response(
            status: .ok, headers: Download.headers(name, type: type),
            body: ResponseBody { writer in
                if format == .csv {
                    try await writer.write(
                        ByteBuffer(string: CSVWriter.mark + CSVWriter.line(ContactColumns.header.map(catalogue.text))))
                }
                var key: ListKey?
                repeat {
                    let after = key
                    let page = try await web.database.read {
                        try ContactExport.page(
                            $0, organization, state.contacts($0, organization, user, now: now), by: state.order,
                            after: after, limit: pageSize)
                    }
                    let text = page.elements.map { exported -> String in
                        let record = ContactRecord(exported.contact, exported.account)
                        return format == .csv
                            ? CSVWriter.line(ContactColumns.cells(record)) : VCardWriter.card(record)
                    }.joined()
                    if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
                    key = page.next
                } while key != nil
                try await writer.finish(nil)
            })
    }

    private static func answer(_ visit: Visit, _ state: ListState, _ problem: Phrase?) throws -> Response {
        try visit.page(
            ExportPage(
                layout: visit.layout("Export contacts", .contacts), query: state.query,
                hasQuery: !state.query.isEmpty, isFiltered: state.isFiltered, kept: state.fields,
                back: state.address(), problem: problem),
            status: problem == nil ? .ok : .unprocessableContent)
    }
}

extension ContactRecord {
    init(_ contact: Contact, _ account: Account?) {
        self.init()
        firstName = contact.firstName
        lastName = contact.lastName
        title = contact.title
        phone = contact.phone
        notes = contact.notes
        addresses = contact.addresses
        if let account { self.account = AccountForm(account) }
    }
}
