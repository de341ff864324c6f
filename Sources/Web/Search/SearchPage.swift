import CRM
import Hummingbird
import Store

/// What the search at the top of each page finds: contacts and accounts.
struct SearchPage: Page {
    static let module = "Search"
    let layout: Layout
    let query: String
    let hasQuery: Bool
    let contacts: [ContactLine]
    let accounts: [AccountLine]
    let hasContacts: Bool
    let hasAccounts: Bool
    let foundNothing: Bool
    let moreContacts: String?
    let moreAccounts: String?

    static let limit = 12

    static func show(_ visit: Visit) async throws -> Response {
        let query = visit.query["q"].trimmed
        let (contacts, accounts) = try await visit.read { tx, organization in
            guard !query.isEmpty else {
                return (nil as NamePage<ContactList.Listed>?, nil as NamePage<Accounts.Listed>?)
            }
            return (
                try ContactList.page(tx, organization, matching: query, limit: limit),
                try Accounts.list(tx, organization, matching: query, limit: limit)
            )
        }
        let foundContacts = contacts?.elements ?? []
        let foundAccounts = accounts?.elements ?? []
        return try visit.page(
            SearchPage(
                layout: visit.layout("Search", .none, query: query), query: query, hasQuery: !query.isEmpty,
                contacts: foundContacts.map(ContactLine.init), accounts: foundAccounts.map(AccountLine.init),
                hasContacts: !foundContacts.isEmpty, hasAccounts: !foundAccounts.isEmpty,
                foundNothing: !query.isEmpty && foundContacts.isEmpty && foundAccounts.isEmpty,
                moreContacts: contacts?.next == nil ? nil : PathText.with("/contacts", ["q": query]),
                moreAccounts: accounts?.next == nil ? nil : PathText.with("/accounts", ["q": query])))
    }
}
