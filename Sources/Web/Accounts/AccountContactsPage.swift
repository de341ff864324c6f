import CRM
import Hummingbird
import Store
import Wording

/// An account's card with the tab of its contacts.
struct AccountContactsPage: Page {
    static let module = "Accounts"
    let layout: Layout
    let head: AccountHead
    let contacts: [ContactLine]
    let hasContacts: Bool
    let next: String?

    static let pageSize = 50

    static func show(_ visit: Visit) async throws -> Response {
        let id: AccountID = try visit.id("account")
        let key = visit.query.optional("after").flatMap(ListKey.init)
        return try visit.page(
            try await visit.read { tx, organization in
                guard let account = try Accounts.find(tx, organization, id) else { throw WebError.notFound(.account) }
                let page = try ContactList.page(tx, organization, of: id, after: key, limit: pageSize)
                let live = try LiveAddress(.account(id), tx, visit.web.marks)
                return AccountContactsPage(
                    layout: visit.layout(.verbatim(account.name), .accounts, live: live),
                    head: try AccountHead(tx, organization, account, visit, path: "/accounts/\(id)/contacts"),
                    contacts: page.elements.map { ContactLine($0) }, hasContacts: !page.elements.isEmpty,
                    next: page.next.map { PathText.with("/accounts/\(id)/contacts", ["after": $0.description]) })
            })
    }
}
