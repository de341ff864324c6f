import CRM
import Hummingbird
import Mirror
import Store
import SyncEngine
import Wording

/// Where providers send people back to.
enum ProviderReturn {
    /// Administrators register it, so it stays as it is.
    static let path = "/connect/return"

    static func arrive(_ visit: Visit) async throws -> Response {
        let state = visit.query["state"]
        let (session, now) = (visit.viewer.session.id, visit.now)
        let pending = try await visit.write { try PendingSignIns.take($0, $1, session, state: state, now: now) }
        guard let pending, let seat = visit.viewer.seats.first(where: { $0.user == pending.user }),
            let provider = ProviderCatalogue.find(pending.provider)
        else { return try ProviderReturnPage.show(visit) }
        let visit = Visit(exchange: visit.exchange, viewer: visit.viewer, seat: seat)
        let isAgain = try await visit.mailbox() != nil
        let request = SignInRequest(address: pending.address, redirectURI: pending.redirectURI)
        do {
            let mailbox = try await visit.web.engine.finishSignIn(
                at: pending.provider, request, state: state, query: visit.request.uri.query ?? "",
                sealed: pending.sealed,
                organization: visit.organization, user: seat.user)
            try await visit.audit(isAgain ? .mailboxSignedInAgain : .mailboxConnected, mailbox.id, mailbox.address)
            if isAgain { return visit.redirect(seat.base, .mailboxSignedIn) }
            return visit.redirect(seat.base + "/calendar", .mailboxConnected)
        } catch let refusal as ConnectionRefusal {
            return try await ProviderSignInPage.show(
                visit, provider, address: pending.address, isAgain: isAgain, refusal: refusal.sentence)
        } catch let error as SourceError {
            return try await ProviderSignInPage.show(
                visit, provider, address: pending.address, isAgain: isAgain, refusal: error.sentence)
        }
    }
}

/// Somebody came back from a provider without having been sent there, or too late.
struct ProviderReturnPage: Page {
    static let module = "Mailbox"
    let layout: Layout
    let menu: SettingsMenu

    static func show(_ visit: Visit) throws -> Response {
        try visit.page(
            ProviderReturnPage(
                layout: visit.layout("This sign-in cannot be continued", .settings), menu: visit.menu(.mailbox)),
            status: .badRequest)
    }
}
