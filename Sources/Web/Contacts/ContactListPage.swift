import CRM
import Hummingbird
import Store

/// The list of contacts, searched and paged.
struct ContactListPage: Page {
    static let module = "Contacts"
    let layout: Layout
    let query: String
    let hasQuery: Bool
    let total: String
    let contacts: [ContactLine]
    let next: String?
    let isContinued: Bool
    /// There is not a single contact.
    let isEmpty: Bool
    /// Where those that are searched for are exported.
    let export: String

    static let pageSize = 50

    static func show(_ visit: Visit) async throws -> Response {
        let query = visit.query["q"].trimmed
        let key = visit.query.optional("after").flatMap(ListKey.init)
        return try visit.page(
            try await visit.read { tx, organization in
                let page = try ContactList.page(
                    tx, organization, matching: query, after: key, limit: pageSize)
                let total = try ContactList.count(tx, organization)
                let live = try LiveAddress(.lists, tx, visit.web.marks)
                return ContactListPage(
                    layout: visit.layout("Contacts", .contacts, live: live), query: query, hasQuery: !query.isEmpty,
                    total: Quantity.of(total, "contact", "contacts"), contacts: page.elements.map(ContactLine.init),
                    next: page.next.map { PathText.with("/contacts", ["q": query, "after": $0.description]) },
                    isContinued: key != nil, isEmpty: total == 0,
                    export: PathText.with("/contacts/export", ["q": query]))
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

    init(_ contact: ContactList.Listed) {
        id = contact.id.description
        person = Person(contact.name)
        title = contact.title.nonEmpty
        account = contact.accountName
        accountID = contact.account?.description
        address = contact.address == contact.name ? nil : contact.address
        phone = contact.phone.nonEmpty
    }
}
