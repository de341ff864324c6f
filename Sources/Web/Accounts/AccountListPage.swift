import CRM
import Hummingbird
import Store

/// The list of accounts, searched and paged.
struct AccountListPage: Page {
    static let module = "Accounts"
    let layout: Layout
    let query: String
    let hasQuery: Bool
    let total: String
    let accounts: [AccountLine]
    let next: String?
    let isContinued: Bool
    /// There is not a single account.
    let isEmpty: Bool

    static let pageSize = 50

    static func show(_ visit: Visit) async throws -> Response {
        let query = visit.query["q"].trimmed
        let key = visit.query.optional("after").flatMap(ListKey.init)
        return try visit.page(
            try await visit.read { tx, organization in
                let page = try Accounts.list(tx, organization, matching: query, after: key, limit: pageSize)
                let total = try Accounts.count(tx, organization)
                let live = try LiveAddress(.lists, tx, visit.web.marks)
                return AccountListPage(
                    layout: visit.layout("Accounts", .accounts, live: live), query: query, hasQuery: !query.isEmpty,
                    total: Quantity.of(total, "account", "accounts"), accounts: page.elements.map(AccountLine.init),
                    next: page.next.map { PathText.with("/accounts", ["q": query, "after": $0.description]) },
                    isContinued: key != nil, isEmpty: total == 0)
            })
    }
}

/// An account in a list.
struct AccountLine: Sendable {
    let id: String
    let person: Person
    let domain: String?
    let place: String?
    let contacts: String

    init(_ account: Accounts.Listed) {
        id = account.id.description
        person = Person(account.name)
        domain = account.domain.nonEmpty
        place = [account.city, account.country].filter { !$0.isEmpty }.joined(separator: ", ").nonEmpty
        contacts = Quantity.of(account.contactCount, "contact", "contacts")
    }
}
