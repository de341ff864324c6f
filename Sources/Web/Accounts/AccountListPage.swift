import CRM
import Hummingbird
import Store
import Wording

/// The list of accounts: searched, narrowed, sorted and paged.
struct AccountListPage: Page {
    static let module = "Accounts"
    let layout: Layout
    let bar: ListBar
    let total: Phrase
    let columns: [ListColumn]
    let accounts: [AccountLine]
    let hasAccounts: Bool
    let next: String?
    /// Leads back to the first page; nil there.
    let first: String?
    /// There is not a single account.
    let isEmpty: Bool
    /// Narrowed by more than words, and none fits.
    let isFiltered: Bool

    static let pageSize = 50

    static func show(_ visit: Visit) async throws -> Response {
        let state = ListState(.accounts, visit.query)
        let key = visit.query.optional("after").flatMap(ListKey.init)
        let (viewer, dates) = (visit.viewer.id, visit.dates)
        return try visit.page(
            try await visit.read { tx, organization in
                let page = try Accounts.list(
                    tx, organization, state.accounts(viewer), by: state.order, after: key, limit: pageSize)
                let total = try Accounts.count(tx, organization)
                let live = try LiveAddress(.lists, tx, visit.web.marks)
                return AccountListPage(
                    layout: visit.layout("Accounts", .accounts, live: live),
                    bar: try ListBar(tx, organization, state, viewer),
                    total: .counting(total, one: "\(count: total) account", other: "\(count: total) accounts"),
                    columns: [
                        ListColumn("Name", .name, state), ListColumn("Place", kind: "cell"),
                        ListColumn("Contacts", kind: "cell"), .date(state),
                    ],
                    accounts: page.elements.map { account in
                        AccountLine(
                            account,
                            date: dates.moment(state.showsCreation ? account.createdAt : account.changedAt))
                    },
                    hasAccounts: !page.elements.isEmpty, next: page.next.map { state.address(after: $0) },
                    first: key == nil ? nil : state.address(), isEmpty: total == 0, isFiltered: state.isFiltered)
            })
    }
}

/// An account in a list.
struct AccountLine: Sendable {
    let id: String
    let person: Person
    let domain: String?
    let place: String?
    let contacts: Phrase
    /// The date that the list shows; nil where it shows none.
    let date: Moment?

    init(_ account: Accounts.Listed, date: Moment? = nil) {
        id = account.id.description
        person = Person(account.name)
        domain = account.domain.nonEmpty
        place = [account.city, account.country].filter { !$0.isEmpty }.joined(separator: ", ").nonEmpty
        contacts = .contacts(account.contactCount)
        self.date = date
    }
}
