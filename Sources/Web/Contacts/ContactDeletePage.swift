import CRM
import Hummingbird
import Store

/// Asks before a contact is deleted.
struct ContactDeletePage: Page {
    static let module = "Contacts"
    let layout: Layout
    let id: String
    let name: String

    static func show(_ visit: Visit) async throws -> Response {
        let contact = try await visit.contact()
        return try visit.page(
            ContactDeletePage(
                layout: visit.layout("Delete \(contact.name)?", .contacts), id: contact.id.description,
                name: contact.name))
    }

    static func delete(_ visit: Visit) async throws -> Response {
        let contact = try await visit.contact()
        let (viewer, now) = (visit.viewer.id, visit.now)
        try await visit.write { tx, organization in
            try Contacts.delete(tx, organization, contact.id, now: now)
            try AuditTrail.record(
                tx, organization, by: viewer, .contactDeleted,
                ["contact": contact.id.description, "name": contact.name],
                now: now)
        }
        visit.web.engine.addressBookChanged(organization: visit.organization)
        return visit.redirect("/contacts", .contactDeleted)
    }
}
