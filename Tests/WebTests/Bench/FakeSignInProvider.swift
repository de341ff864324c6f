import CRM
import FakeMailbox
import Foundation
import Mail
import Mirror
import Synchronization

/// A provider with a sign-in page of its own. What a person does there is the code that they come back with: "ok",
/// "as:OTHER ADDRESS", "alias-of:ADDRESS", "denied" or "outage".
struct FakeSignInProvider: SignInMailProvider {
    let mailbox: FakeMailbox
    let calendar: FakeCalendar

    static let page = "https://login.provider.example/authorize"

    func begin(_ request: SignInRequest, app: ProviderApp) throws -> SignInStart {
        let state = UUID().uuidString
        return SignInStart(
            url: "\(Self.page)?client_id=\(app.clientID)&tenant=\(app.tenant)&state=\(state)&to=\(request.redirectURI)",
            state: state, kept: Secret("kept for \(state)"))
    }

    func finish(
        _ request: SignInRequest, query: String, kept: Secret<String>, app: ProviderApp
    ) async throws -> SignedIn {
        let values = URLComponents(string: "?" + query)?.queryItems ?? []
        func value(_ name: String) -> String { values.first { $0.name == name }?.value ?? "" }
        guard kept.expose() == "kept for \(value("state"))" else { throw SignInFailure("Another sign-in was kept.") }
        let code = value("code")
        var (primary, aliases) = (request.address, [String]())
        if code == "denied" { throw SignInFailure("You did not allow it. Sign in again and leave everything ticked.") }
        if code == "outage" { throw SourceError.transient("The provider does not answer.") }
        if code.hasPrefix("as:") { primary = String(code.dropFirst(3)) }
        if code.hasPrefix("alias-of:") { (primary, aliases) = (String(code.dropFirst(9)), [request.address]) }
        return SignedIn(
            credentials: Secret("tokens of \(primary)"),
            identity: SourceIdentity(
                primaryAddress: EmailAddress(primary), aliases: aliases.compactMap { EmailAddress($0) },
                accountID: "id of \(primary)", server: "Fake"))
    }

    func session(_ access: MailboxAccess) -> MailboxSession {
        MailboxSession(source: FakeMailSource(mailbox, pageSize: 20), calendar: calendar)
    }
}

extension TestBrowser {
    /// Sets the provider up as an administrator does.
    func registerApp() async throws {
        try await get("/settings/providers/microsoft365")
        try await post(
            "/settings/providers/microsoft365", ["client-id": "client-1", "secret": "s3cr3t", "tenant": "acme.example"])
    }

    /// Leaves for the provider and comes back with a code.
    @discardableResult
    func signInAtProvider(
        _ address: String, code: String, base: String = "/settings/mailbox", again: Bool = false
    ) async throws -> Answer {
        let way = again ? "/sign-in" : "/connect/with/microsoft365"
        try await get(base + way + (again ? "" : "?address=\(address)"))
        let leave = try await post(base + way + "/leave", ["address": address])
        guard let state = leave.text.firstMatch(of: /state=([A-Za-z0-9-]+)/)?.output.1 else { return leave }
        return try await get("/connect/return?state=\(state)&code=\(code)")
    }
}
