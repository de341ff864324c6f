import CRM
import Hummingbird
import Store
import Wording

/// An account's card with the tab Synchronized emails, which gathers the exchanges of all its contacts.
struct AccountCardPage: Page {
    static let module = "Accounts"
    let layout: Layout
    let head: AccountHead
    let emails: EmailList

    static func show(_ visit: Visit) async throws -> Response {
        let id: AccountID = try visit.id("account")
        return try visit.page(
            try await visit.read { tx, organization in
                guard let account = try Accounts.find(tx, organization, id) else { throw WebError.notFound(.account) }
                let live = try LiveAddress(.account(id), tx, visit.web.marks)
                return AccountCardPage(
                    layout: visit.layout(.verbatim(account.name), .accounts, live: live),
                    head: try AccountHead(tx, organization, account, visit, path: "/accounts/\(id)"),
                    emails: try EmailList(
                        tx, organization, .account(id), path: "/accounts/\(id)", query: visit.query, visit: visit))
            })
    }
}
