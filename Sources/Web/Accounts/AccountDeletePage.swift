import CRM
import Hummingbird
import Store

/// Asks before an account is deleted.
struct AccountDeletePage: Page {
    static let module = "Accounts"
    let layout: Layout
    let id: String
    let name: String

    static func show(_ visit: Visit) async throws -> Response {
        let account = try await visit.account()
        return try visit.page(
            AccountDeletePage(
                layout: visit.layout("Delete \(account.name)?", .accounts), id: account.id.description,
                name: account.name))
    }

    static func delete(_ visit: Visit) async throws -> Response {
        let account = try await visit.account()
        let (viewer, now) = (visit.viewer.id, visit.now)
        try await visit.write { tx, organization in
            try Accounts.delete(tx, organization, account.id, now: now)
            try AuditTrail.record(
                tx, organization, by: viewer, .accountDeleted,
                ["account": account.id.description, "name": account.name],
                now: now)
        }
        return visit.redirect("/accounts", .accountDeleted)
    }
}
