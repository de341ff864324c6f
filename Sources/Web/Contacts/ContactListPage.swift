import CRM
import Hummingbird
import Store
import Wording

/// The list of contacts: searched, narrowed, sorted and paged.
struct ContactListPage: Page {
    static let module = "Contacts"
    let layout: Layout
    let bar: ListBar
    let total: Phrase
    let columns: [ListColumn]
    let contacts: [ContactLine]
    let hasContacts: Bool
    let next: String?
    /// Leads back to the first page; nil there.
    let first: String?
    /// There is not a single contact.
    let isEmpty: Bool
    /// Narrowed by more than words, and nobody fits.
    let isFiltered: Bool

    static let pageSize = 50

    static func show(_ visit: Visit) async throws -> Response {
        let state = ListState(.contacts, visit.query)
        let key = visit.query.optional("after").flatMap(ListKey.init)
        let (viewer, now, dates) = (visit.viewer.id, visit.now, visit.dates)
        return try visit.page(
            try await visit.read { tx, organization in
                let filter = try state.contacts(tx, organization, viewer, now: now)
                let page = try ContactList.page(
                    tx, organization, filter, by: state.order, after: key, limit: pageSize)
                let total = try ContactList.count(tx, organization)
                let live = try LiveAddress(.lists, tx, visit.web.marks)
                return ContactListPage(
                    layout: visit.layout("Contacts", .contacts, live: live),
                    bar: try ListBar(tx, organization, state, viewer),
                    total: .contacts(total),
                    columns: [
                        ListColumn("Name", .name, state), ListColumn("Account", .account, state, kind: "cell"),
                        ListColumn("Address", kind: "mail"), ListColumn("Telephone", kind: "optional"),
                        .date(state),
                    ],
                    contacts: page.elements.map { contact in
                        ContactLine(
                            contact,
                            date: dates.moment(state.showsCreation ? contact.createdAt : contact.changedAt))
                    },
                    hasContacts: !page.elements.isEmpty, next: page.next.map { state.address(after: $0) },
                    first: key == nil ? nil : state.address(), isEmpty: total == 0, isFiltered: state.isFiltered)
            })
    }
}

/// A contact in a list.
struct ContactLine: Sendable {
    let id: String
    let person: Person
    let title: String?
    let account: String?
    let accountID: String?
    let address: String?
    let phone: String?
    /// The date that the list shows; nil where it shows none.
    let date: Moment?

    init(_ contact: ContactList.Listed, date: Moment? = nil) {
        id = contact.id.description
        person = Person(contact.name)
        title = contact.title.nonEmpty
        account = contact.accountName
        accountID = contact.account?.description
        address = contact.address == contact.name ? nil : contact.address
        phone = contact.phone.nonEmpty
        self.date = date
    }
}
