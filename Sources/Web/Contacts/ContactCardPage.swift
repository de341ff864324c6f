import CRM
import Hummingbird
import Store
import Wording

/// A contact's card: who they are, and their activity.
struct ContactCardPage: Page {
    static let module = "Contacts"
    let layout: Layout
    let id: String
    let person: Person
    let title: String?
    let account: String?
    let accountID: String?
    let addresses: [String]
    let hasAddresses: Bool
    let phone: String?
    let owner: String?
    let notes: String?
    let added: Moment
    let activities: CardActivities
    let emails: EmailList

    static func show(_ visit: Visit) async throws -> Response {
        let id: ContactID = try visit.id("contact")
        return try visit.page(
            try await visit.read { tx, organization in
                guard let contact = try Contacts.find(tx, organization, id) else { throw WebError.notFound(.contact) }
                let account = try contact.account.flatMap { try Accounts.find(tx, organization, $0) }
                let owner = try contact.owner.flatMap { try Users.find(tx, organization, $0) }
                let emails = try EmailList(
                    tx, organization, .contact(id), path: "/contacts/\(id)", query: visit.query, visit: visit)
                let activities = try CardActivities(
                    tx, organization, .contact(id), path: "/contacts/\(id)", visit: visit)
                let live = try LiveAddress(.contact(id), tx, visit.web.marks)
                return ContactCardPage(
                    layout: visit.layout(.verbatim(contact.name), .contacts, live: live),
                    id: id.description, person: Person(contact.name), title: contact.title.nonEmpty,
                    account: account?.name, accountID: account?.id.description, addresses: contact.addresses,
                    hasAddresses: !contact.addresses.isEmpty, phone: contact.phone.nonEmpty, owner: owner?.name,
                    notes: contact.notes.nonEmpty, added: visit.dates.moment(contact.createdAt),
                    activities: activities, emails: emails)
            })
    }
}
