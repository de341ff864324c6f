import CRM
import Hummingbird
import Mirror
import Store
import SyncEngine
import Wording

/// Signing in on a provider's own pages: to connect a mailbox, or to go on with one.
struct ProviderSignInPage: Page {
    static let module = "Mailbox"
    let layout: Layout
    let menu: SettingsMenu
    let name: String
    let address: String
    /// Of a mailbox that is connected already.
    let isAgain: Bool
    let isSetUp: Bool
    let isAdministrator: Bool
    let action: String
    let addressPath: String
    let otherPath: String
    /// Why the mailbox waits, or was not connected.
    let reason: Phrase?
    let refusal: Phrase?

    static func show(
        _ visit: Visit, _ provider: ProviderChoice, address: String, isAgain: Bool, reason: Phrase? = nil,
        refusal: Phrase? = nil
    ) async throws -> Response {
        let isSetUp = try await visit.web.engine.hasApp(for: provider.id, organization: visit.organization)
        let page = ProviderSignInPage(
            layout: visit.layout(isAgain ? "Sign in again" : "Log in to \(provider.name)", .settings),
            menu: visit.menu(.mailbox), name: provider.name, address: address, isAgain: isAgain, isSetUp: isSetUp,
            isAdministrator: visit.viewer.user.isAdministrator,
            action: visit.seat.base + (isAgain ? "/sign-in/leave" : "/connect/with/\(provider.id)/leave"),
            addressPath: PathText.with(visit.seat.base + "/connect", ["address": address]),
            otherPath: PathText.with(visit.seat.base + "/connect/providers", ["address": address]), reason: reason,
            refusal: refusal)
        return try visit.page(page, status: refusal == nil ? .ok : .unprocessableContent)
    }

    /// Sends the person to the provider, to connect a mailbox.
    static func leave(_ visit: Visit) async throws -> Response {
        let provider = try visit.provider()
        let address = visit.form["address"].trimmed
        do {
            try await visit.web.engine.precheck(address, organization: visit.organization, user: visit.seat.user)
        } catch let refusal as ConnectionRefusal {
            return try await show(visit, provider, address: address, isAgain: false, refusal: refusal.sentence)
        }
        return try await leave(visit, provider, address: address, isAgain: false)
    }

    /// Sends the person to the provider, to sign in to the connected mailbox again.
    static func leaveAgain(_ visit: Visit) async throws -> Response {
        guard let mailbox = try await visit.mailbox(), let provider = ProviderCatalogue.find(mailbox.provider) else {
            return visit.redirect(visit.seat.base)
        }
        return try await leave(visit, provider, address: mailbox.address, isAgain: true)
    }

    private static func leave(
        _ visit: Visit, _ provider: ProviderChoice, address: String, isAgain: Bool
    ) async throws -> Response {
        let request = SignInRequest(address: address, redirectURI: visit.origin + ProviderReturn.path)
        let start: (url: String, state: String, sealed: [UInt8])
        do {
            start = try await visit.web.engine.beginSignIn(
                at: provider.id, request, organization: visit.organization)
        } catch let refusal as ConnectionRefusal {
            return try await show(visit, provider, address: address, isAgain: isAgain, refusal: refusal.sentence)
        }
        let pending = PendingSignIns.Pending(
            user: visit.seat.user, provider: provider.id, address: address, redirectURI: request.redirectURI,
            sealed: start.sealed)
        let (session, now) = (visit.viewer.session.id, visit.now)
        try await visit.write { try PendingSignIns.add($0, $1, session, state: start.state, pending, now: now) }
        return try ProviderLeavePage.show(visit, provider, start.url)
    }
}

/// The way to the provider. A page and not a redirection: the browser lets forms lead to this site only.
struct ProviderLeavePage: Page {
    static let module = "Mailbox"
    let layout: Layout
    let menu: SettingsMenu
    let name: String
    let url: String

    static func show(_ visit: Visit, _ provider: ProviderChoice, _ url: String) throws -> Response {
        var response = try visit.page(
            ProviderLeavePage(
                layout: visit.layout("Log in to \(provider.name)", .settings), menu: visit.menu(.mailbox),
                name: provider.name, url: url))
        response.headers[.refresh] = "0; url=\(url)"
        return response
    }
}
