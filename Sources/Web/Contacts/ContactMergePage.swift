import CRM
import Hummingbird
import Store
import Wording

/// Makes one contact of two: looks for the duplicate, shows what becomes of it, and asks.
struct ContactMergePage: Page {
    static let module = "Contacts"
    let layout: Layout
    let id: String
    let name: String
    let query: String
    let found: [Line]
    let foundNothing: Bool
    let duplicate: Duplicate?
    let problem: Phrase?

    struct Line: Sendable {
        let path: String
        let person: Person
        let detail: String
    }

    struct Duplicate: Sendable {
        let otherID: String
        let other: String
        let kept: String
        let addresses: String?
    }

    private static let listed = 20

    static func show(_ visit: Visit) async throws -> Response {
        try await answer(visit, try await visit.contact(), duplicate: ContactID(visit.query["with"]))
    }

    static func merge(_ visit: Visit) async throws -> Response {
        let contact = try await visit.contact()
        guard let duplicate = ContactID(visit.form["with"]) else { throw WebError.notFound(.contact) }
        let (viewer, now) = (visit.viewer.id, visit.now)
        do {
            let merged = try await visit.write { tx, organization in
                let name = try Contacts.find(tx, organization, duplicate)?.name ?? ""
                guard try Contacts.merge(tx, organization, duplicate, into: contact.id, now: now) else { return false }
                try AuditTrail.record(
                    tx, organization, by: viewer, .contactsMerged,
                    ["contact": contact.id.description, "name": contact.name, "value": name], now: now)
                return true
            }
            guard merged else { throw WebError.notFound(.contact) }
        } catch let error as ContactError {
            return try await answer(visit, contact, duplicate: duplicate, problem: error.sentence)
        } catch let error as FormProblems {
            let sentence = error[.notes] ?? "The two cannot be merged as they are. Shorten what they hold first."
            return try await answer(visit, contact, duplicate: duplicate, problem: sentence)
        }
        visit.web.engine.addressBookChanged(organization: visit.organization)
        return visit.redirect("/contacts/\(contact.id)", .contactsMerged)
    }

    private static func answer(
        _ visit: Visit, _ contact: Contact, duplicate: ContactID?, problem: Phrase? = nil
    ) async throws -> Response {
        let query = visit.query.optional("q") ?? contact.lastName
        let page = try await visit.read { tx, organization in
            let other = try duplicate.flatMap { try Contacts.find(tx, organization, $0) }
            if duplicate != nil, other == nil || other?.id == contact.id { throw WebError.notFound(.contact) }
            let listed =
                query.trimmed.isEmpty
                ? [] : try ContactList.page(tx, organization, matching: query, limit: Self.listed + 1).elements
            return ContactMergePage(visit, contact, query, listed.filter { $0.id != contact.id }, other, problem)
        }
        return try visit.page(page, status: problem == nil ? .ok : .unprocessableContent)
    }

    private init(
        _ visit: Visit, _ contact: Contact, _ query: String, _ listed: [ContactList.Listed], _ other: Contact?,
        _ problem: Phrase?
    ) {
        layout = visit.layout("Merge \(contact.name)", .contacts)
        id = contact.id.description
        name = contact.name
        self.query = query
        found = listed.map { line in
            Line(
                path: PathText.with("/contacts/\(contact.id)/merge", ["with": line.id.description]),
                person: Person(line.name),
                detail: [line.address, line.accountName, line.title.nonEmpty].compactMap(\.self).joined(
                    separator: " · "))
        }
        foundNothing = found.isEmpty
        duplicate = other.map {
            Duplicate(
                otherID: $0.id.description, other: $0.name, kept: contact.name,
                addresses: $0.addresses.joined(separator: ", ").nonEmpty)
        }
        self.problem = problem
    }
}
