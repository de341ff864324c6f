import CRM
import HTTPTypes
import Hummingbird

/// Which handler answers which address.
struct Routes {
    private let web: WebServices

    init(_ web: WebServices) { self.web = web }

    func router() -> Router<WebContext> {
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: Gate(web: web))
        addOpenPages(to: router)
        addCards(to: router)
        addActivities(to: router)
        addMailbox(to: router)
        addSettings(to: router)
        return router
    }

    private func addOpenPages(to router: Router<WebContext>) {
        anyone(router, .get, "/assets/:version/:name", AssetFile.show)
        anyone(router, .get, "/health", HealthCheck.show)
        anyone(router, .get, "/setup", SetupPage.show)
        anyone(router, .post, "/setup", SetupPage.create)
        anyone(router, .post, "/setup/sample", SetupPage.loadSample)
        anyone(router, .get, "/sign-in", SignInPage.show)
        anyone(router, .post, "/sign-in", SignInPage.signIn)
        anyone(router, .get, "/invitation", AcceptInvitationPage.show)
        anyone(router, .post, "/invitation", AcceptInvitationPage.accept)
        anyone(router, .get, "/events", EventStream.open)
        member(router, .post, "/sign-out", SignOut.signOut)
        member(router, .get, "/", { $0.redirect("/contacts") })
        member(router, .get, "/search", SearchPage.show)
    }

    private func addCards(to router: Router<WebContext>) {
        member(router, .get, "/contacts", ContactListPage.show)
        member(router, .post, "/contacts", ContactFormPage.create)
        member(router, .get, "/contacts/new", ContactFormPage.new)
        member(router, .get, "/contacts/export", ExportPage.show)
        member(router, .post, "/contacts/export", ExportPage.send)
        member(router, .get, "/contacts/import", ImportPage.show)
        member(router, .post, "/contacts/import", ImportPage.upload)
        member(router, .get, "/contacts/import/:import", ImportRunPage.show)
        member(router, .post, "/contacts/import/:import", ImportColumnsPage.choose)
        member(router, .post, "/contacts/import/:import/cancel", ImportRunPage.cancel)
        member(router, .get, "/contacts/import/:import/problems", ImportProblemsFile.show)
        member(router, .get, "/contacts/:contact", ContactCardPage.show)
        member(router, .get, "/contacts/:contact/edit", ContactFormPage.edit)
        member(router, .post, "/contacts/:contact/edit", ContactFormPage.save)
        member(router, .get, "/contacts/:contact/delete", ContactDeletePage.show)
        member(router, .post, "/contacts/:contact/delete", ContactDeletePage.delete)
        member(router, .get, "/contacts/:contact/merge", ContactMergePage.show)
        member(router, .post, "/contacts/:contact/merge", ContactMergePage.merge)
        member(router, .get, "/accounts", AccountListPage.show)
        member(router, .post, "/accounts", AccountFormPage.create)
        member(router, .get, "/accounts/new", AccountFormPage.new)
        member(router, .get, "/accounts/:account", AccountCardPage.show)
        member(router, .get, "/accounts/:account/contacts", AccountContactsPage.show)
        member(router, .get, "/accounts/:account/edit", AccountFormPage.edit)
        member(router, .post, "/accounts/:account/edit", AccountFormPage.save)
        member(router, .get, "/accounts/:account/delete", AccountDeletePage.show)
        member(router, .post, "/accounts/:account/delete", AccountDeletePage.delete)
        member(router, .get, "/messages/:message", MessagePage.show)
        member(router, .post, "/messages/:message/hide", ConversationHiding.hide)
        member(router, .post, "/messages/:message/show", ConversationHiding.show)
    }

    private func addActivities(to router: Router<WebContext>) {
        member(router, .get, "/tasks", TaskListPage.show)
        member(router, .get, "/tasks/week", TaskWeekPage.show)
        member(router, .post, "/activities", ActivityFormPage.create)
        member(router, .get, "/activities/new", ActivityFormPage.new)
        member(router, .get, "/activities/:activity", ActivityPage.show)
        member(router, .get, "/activities/:activity/edit", ActivityFormPage.edit)
        member(router, .post, "/activities/:activity/edit", ActivityFormPage.save)
        member(router, .post, "/activities/:activity/done", ActivityActions.done)
        member(router, .post, "/activities/:activity/reopen", ActivityActions.reopen)
        member(router, .get, "/activities/:activity/delete", ActivityDeletePage.show)
        member(router, .post, "/activities/:activity/delete", ActivityDeletePage.delete)
    }

    private func addMailbox(to router: Router<WebContext>) {
        seat(router, .get, "", MailboxPage.show)
        seat(router, .post, "/sync", MailboxActions.sync)
        seat(router, .post, "/pause", MailboxActions.pause)
        seat(router, .post, "/resume", MailboxActions.resume)
        seat(router, .post, "/check", MailboxActions.check)
        seat(router, .get, "/why", WhyNotPage.show)
        seat(router, .get, "/disconnect", DisconnectPage.show)
        seat(router, .post, "/disconnect", DisconnectPage.disconnect)
        seat(router, .get, "/sign-in", MailboxSignInPage.show)
        seat(router, .post, "/sign-in", MailboxSignInPage.signIn)
        seat(router, .get, "/connect", ConnectPage.show)
        seat(router, .post, "/connect", ConnectPage.choose)
        seat(router, .get, "/connect/providers", ProviderListPage.show)
        seat(router, .get, "/connect/with/:provider", ProviderPage.show)
        seat(router, .post, "/connect/with/:provider", ProviderPage.connect)
        seat(router, .post, "/connect/with/:provider/leave", ProviderSignInPage.leave)
        seat(router, .post, "/sign-in/leave", ProviderSignInPage.leaveAgain)
        seat(router, .get, "/calendar", CalendarPage.show)
        seat(router, .post, "/calendar", CalendarPage.save)
        member(router, .get, RouterPath(ProviderReturn.path), ProviderReturn.arrive)
    }

    private func addSettings(to router: Router<WebContext>) {
        member(router, .get, "/settings", { $0.redirect("/settings/mailbox") })
        member(router, .get, "/settings/profile", ProfilePage.show)
        member(router, .post, "/settings/profile", ProfilePage.save)
        member(router, .get, "/settings/password", PasswordPage.show)
        member(router, .post, "/settings/password", PasswordPage.change)
        member(router, .get, "/settings/sessions", SessionsPage.show)
        member(router, .post, "/settings/sessions/:session/end", SessionsPage.end)
        administrator(router, .get, "/settings/organization", OrganizationPage.show)
        administrator(router, .post, "/settings/organization", OrganizationPage.save)
        administrator(router, .get, "/settings/exclusions", ExclusionsPage.show)
        administrator(router, .post, "/settings/exclusions", ExclusionsPage.add)
        administrator(router, .post, "/settings/exclusions/:exclusion/remove", ExclusionsPage.remove)
        administrator(router, .get, "/settings/providers", ProvidersPage.show)
        administrator(router, .get, "/settings/providers/:provider", ProviderAppPage.show)
        administrator(router, .post, "/settings/providers/:provider", ProviderAppPage.save)
        administrator(router, .post, "/settings/providers/:provider/remove", ProviderAppPage.remove)
        administrator(router, .get, "/settings/users", UserListPage.show)
        administrator(router, .post, "/settings/users", UserFormPage.create)
        administrator(router, .get, "/settings/users/new", UserFormPage.new)
        administrator(router, .get, "/settings/users/:user", UserFormPage.edit)
        administrator(router, .post, "/settings/users/:user", UserFormPage.save)
        administrator(router, .post, "/settings/users/:user/invitation", InvitationPage.make)
        administrator(router, .get, "/settings/seats/new", SeatFormPage.new)
        administrator(router, .post, "/settings/seats", SeatFormPage.create)
        administrator(router, .get, "/settings/seats/:seat", SeatFormPage.edit)
        administrator(router, .post, "/settings/seats/:seat", SeatFormPage.save)
        administrator(router, .post, "/settings/seats/:seat/delete", SeatFormPage.delete)
        administrator(router, .get, "/settings/hierarchy", HierarchyPage.show)
        administrator(router, .post, "/settings/hierarchy/:user/choice", HierarchyPage.choose)
        administrator(router, .get, "/settings/audit", AuditPage.show)
    }

    // MARK: Who may

    private func anyone(
        _ router: Router<WebContext>, _ method: HTTPRequest.Method, _ path: RouterPath,
        _ handler: @escaping @Sendable (Exchange) async throws -> Response
    ) {
        let web = web
        router.on(path, method: method) { request, context in
            try await handler(Exchange(request: request, context: context, web: web))
        }
    }

    private func member(
        _ router: Router<WebContext>, _ method: HTTPRequest.Method, _ path: RouterPath,
        _ handler: @escaping @Sendable (Visit) async throws -> Response
    ) {
        anyone(router, method, path) { exchange in
            guard let viewer = exchange.context.viewer else {
                let wanted = method == .get ? exchange.request.uri.string : nil
                let next = wanted == "/" ? nil : wanted
                return exchange.redirect(PathText.with("/sign-in", ["next": next]))
            }
            return try await handler(Visit(exchange: exchange, viewer: viewer))
        }
    }

    /// A page about the viewer's own mailbox, and the same about that of a sync-only user of theirs.
    private func seat(
        _ router: Router<WebContext>, _ method: HTTPRequest.Method, _ path: String,
        _ handler: @escaping @Sendable (Visit) async throws -> Response
    ) {
        member(router, method, RouterPath("/settings/mailbox" + path), handler)
        member(router, method, RouterPath("/settings/seats/:seat/mailbox" + path)) { visit in
            let user: UserID = try visit.id("seat")
            guard let seat = visit.viewer.seats.first(where: { $0.user == user && $0.name != nil }) else {
                throw WebError.notFound(.page)
            }
            return try await handler(Visit(exchange: visit.exchange, viewer: visit.viewer, seat: seat))
        }
    }

    private func administrator(
        _ router: Router<WebContext>, _ method: HTTPRequest.Method, _ path: RouterPath,
        _ handler: @escaping @Sendable (Visit) async throws -> Response
    ) {
        member(router, method, path) { visit in
            guard visit.viewer.user.isAdministrator else { throw WebError.administratorsOnly }
            return try await handler(visit)
        }
    }
}
