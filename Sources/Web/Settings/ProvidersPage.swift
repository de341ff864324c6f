import CRM
import Hummingbird
import Store
import SyncEngine
import Wording

/// The providers at which people sign in, and whether that is set up.
struct ProvidersPage: Page {
    static let module = "Settings"
    let layout: Layout
    let menu: SettingsMenu
    let providers: [Line]

    struct Line: Sendable {
        let name: String
        let path: String
        let person: Person
        let state: Phrase
        let isSetUp: Bool
    }

    static func show(_ visit: Visit) async throws -> Response {
        var lines: [Line] = []
        for provider in visit.signInProviders {
            let own = try await visit.read { try ProviderApps.find($0, $1, provider: provider.id) }
            let isSetUp = try await visit.web.engine.hasApp(for: provider.id, organization: visit.organization)
            lines.append(
                Line(
                    name: provider.name, path: "/settings/providers/\(provider.id)", person: Person(provider.name),
                    state: own != nil
                        ? "Set up" : isSetUp ? "Set up by the configuration of this installation" : "Not set up yet",
                    isSetUp: isSetUp))
        }
        return try visit.page(
            ProvidersPage(
                layout: visit.layout("Providers", .settings), menu: visit.menu(.providers), providers: lines))
    }
}

/// What is registered at one provider.
struct ProviderAppPage: Page {
    static let module = "Settings"
    let layout: Layout
    let menu: SettingsMenu
    let name: String
    let action: String
    let redirectURI: String
    let clientID: Field
    let secret: Field
    let tenant: Field
    /// A secret is kept already, and stays where the field is left empty.
    let hasSecret: Bool
    let isSet: Bool

    static func show(_ visit: Visit) async throws -> Response {
        let provider = try visit.signInProvider()
        let app = try await visit.read { try ProviderApps.find($0, $1, provider: provider.id) }
        var form = ProviderAppForm()
        (form.clientID, form.tenant) = (app?.clientID ?? "", app?.tenant ?? ProviderAppForm.anyTenant)
        return try visit.page(ProviderAppPage(visit, provider, form, FormProblems(), isSet: app != nil))
    }

    static func save(_ visit: Visit) async throws -> Response {
        let provider = try visit.signInProvider()
        let isSet = try await visit.read { try ProviderApps.find($0, $1, provider: provider.id) } != nil
        let form = ProviderAppForm(visit.form)
        do {
            let valid = try form.validated(needsSecret: !isSet)
            _ = try await visit.web.engine.setApp(
                for: provider.id, clientID: valid.clientID, secret: valid.secret, tenant: valid.tenant,
                organization: visit.organization)
        } catch let problems as FormProblems {
            return try visit.page(
                ProviderAppPage(visit, provider, form, problems, isSet: isSet), status: .unprocessableContent)
        }
        try await audit(visit, .providerAppSaved, provider)
        return visit.redirect("/settings/providers", .providerSaved)
    }

    static func remove(_ visit: Visit) async throws -> Response {
        let provider = try visit.signInProvider()
        try await visit.write { try ProviderApps.remove($0, $1, provider: provider.id) }
        try await audit(visit, .providerAppRemoved, provider)
        return visit.redirect("/settings/providers", .providerRemoved)
    }

    private static func audit(_ visit: Visit, _ action: AuditTrail.Action, _ provider: ProviderChoice) async throws {
        let (viewer, now) = (visit.viewer.id, visit.now)
        try await visit.write {
            try AuditTrail.record($0, $1, by: viewer, action, ["name": provider.name], now: now)
        }
    }

    private init(
        _ visit: Visit, _ provider: ProviderChoice, _ form: ProviderAppForm, _ problems: FormProblems, isSet: Bool
    ) {
        layout = visit.layout("Signing in at \(provider.name)", .settings)
        menu = visit.menu(.providers)
        name = provider.name
        action = "/settings/providers/\(provider.id)"
        redirectURI = visit.origin + ProviderReturn.path
        clientID = Field("client-id", form.clientID, problems[.clientID])
        secret = Field("secret", "", problems[.password])
        tenant = Field("tenant", form.tenant, problems[.domain])
        hasSecret = isSet
        self.isSet = isSet
    }
}

extension Visit {
    /// The providers at which this version can sign people in.
    var signInProviders: [ProviderChoice] {
        ProviderCatalogue.all.filter { exchange.web.engine.signsPeopleIn(at: $0.id) }
    }

    /// The one that the path names.
    fileprivate func signInProvider() throws -> ProviderChoice {
        let id = exchange.context.parameters.get("provider") ?? ""
        guard let provider = signInProviders.first(where: { $0.id == id }) else { throw WebError.notFound(.page) }
        return provider
    }
}
