import CRM
import Database
import Hummingbird
import Store
import Wording

/// One request of someone who is signed in.
@dynamicMemberLookup
struct Visit: Sendable {
    let exchange: Exchange
    let viewer: Viewer
    /// Whose mailbox the page is about: the viewer's own, unless the path names a sync-only user of theirs.
    let seat: Seat

    init(exchange: Exchange, viewer: Viewer, seat: Seat? = nil) {
        self.exchange = exchange
        self.viewer = viewer
        self.seat = seat ?? viewer.ownSeat
    }

    subscript<T>(dynamicMember path: KeyPath<Exchange, T>) -> T { exchange[keyPath: path] }

    var organization: OrganizationID { viewer.organization.id }
    var dates: DateText { DateText(zone: viewer.user.timeZone, now: exchange.now) }

    func id<Of>(_ name: String) throws -> Identifier<Of> { try exchange.id(name) }

    // MARK: The store

    /// Reads one state of the database. The closure gets the transaction and the organisation.
    func read<T: Sendable>(
        _ body: @escaping @Sendable (any Transaction, OrganizationID) throws -> T
    ) async throws -> T {
        let organization = organization
        return try await exchange.web.database.read { try body($0, organization) }
    }

    /// Changes the database and tells open pages about it.
    @discardableResult
    func write<T: Sendable>(
        _ body: @escaping @Sendable (any Transaction, OrganizationID) throws -> T
    ) async throws -> T {
        let organization = organization
        let result = try await exchange.web.database.write { try body($0, organization) }
        await exchange.web.feed.committed()
        return result
    }

    // MARK: Answers

    func page(_ page: some Page, status: HTTPResponse.Status = .ok) throws -> Response {
        try exchange.page(page, status: status)
    }

    func redirect(_ path: String, _ notice: Notice? = nil) -> Response { exchange.redirect(path, notice) }

    func layout(
        _ title: Phrase, _ section: Layout.Section, live: LiveAddress? = nil, query: String = ""
    ) -> Layout {
        Layout(
            title: title, language: exchange.language.rawValue, organization: viewer.organization.name,
            user: Person(viewer.user.name),
            userEmail: viewer.user.email, csrf: viewer.session.csrfToken,
            isAdministrator: viewer.user.isAdministrator, inContacts: section == .contacts,
            inAccounts: section == .accounts, inTasks: section == .tasks, inSettings: section == .settings,
            query: query,
            mailboxNeedsAttention: viewer.mailboxNeedsAttention,
            notice: Notice(rawValue: exchange.query["notice"])?.sentence, live: live?.path,
            assets: exchange.web.assets.addresses)
    }
}
