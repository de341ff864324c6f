import CRM
import Database
import Hummingbird
import Store
import Wording

/// What the search at the top of each page finds: contacts, accounts and emails.
struct SearchPage: Page {
    static let module = "Search"
    let layout: Layout
    let query: String
    let hasQuery: Bool
    let contacts: [ContactLine]
    let accounts: [AccountLine]
    let hasContacts: Bool
    let hasAccounts: Bool
    let foundNothing: Bool
    let moreContacts: String?
    let moreAccounts: String?
    let entries: [EmailEntry]
    let hasEmails: Bool
    let olderEmails: String?
    /// Leads back to the newest emails, and to contacts and accounts; nil on the first page.
    let newestEmails: String?
    /// How many mailboxes the viewer's level would give beyond those searched.
    let leftOut: Phrase?

    static let limit = 12
    static let emailLimit = 20

    static func show(_ visit: Visit) async throws -> Response {
        let query = visit.query["q"].trimmed
        let key = visit.query.optional("before").flatMap(CardKey.init)
        return try visit.page(
            try await visit.read { tx, organization in
                try SearchPage(tx, organization, query, after: key, visit)
            })
    }

    private init(
        _ tx: any Transaction, _ organization: OrganizationID, _ query: String, after key: CardKey?, _ visit: Visit
    ) throws {
        // Further pages are of emails alone.
        let showsCards = !query.isEmpty && key == nil
        let contacts = showsCards ? try ContactList.page(tx, organization, matching: query, limit: Self.limit) : nil
        let accounts = showsCards ? try Accounts.list(tx, organization, matching: query, limit: Self.limit) : nil
        let visible = try VisibleMailboxes.of(tx, organization, viewer: visit.viewer.id)
        let emails =
            try SearchWords(query).map {
                try FoundEmails.page(tx, organization, $0, visible: visible, after: key, limit: Self.emailLimit)
            } ?? .empty

        layout = visit.layout("Search", .none, live: try LiveAddress(.emails, tx, visit.web.marks), query: query)
        self.query = query
        hasQuery = !query.isEmpty
        self.contacts = (contacts?.elements ?? []).map { ContactLine($0) }
        self.accounts = (accounts?.elements ?? []).map { AccountLine($0) }
        hasContacts = !self.contacts.isEmpty
        hasAccounts = !self.accounts.isEmpty
        moreContacts = contacts?.next == nil ? nil : PathText.with("/contacts", ["q": query])
        moreAccounts = accounts?.next == nil ? nil : PathText.with("/accounts", ["q": query])
        let names = try ContactList.names(tx, organization, Set(emails.entries.flatMap(\.contacts)))
        entries = emails.entries.map { entry in
            EmailEntry(
                entry, card: entry.contacts.first.map(LiveTopic.contact) ?? .lists, viewer: visit.viewer.id,
                dates: visit.dates, contacts: entry.contacts.compactMap { names[$0] })
        }
        hasEmails = !entries.isEmpty
        olderEmails = emails.next.map { PathText.with("/search", ["q": query, "before": $0.description]) }
        newestEmails = key == nil ? nil : PathText.with("/search", ["q": query])
        leftOut =
            hasQuery && visible.leftOut > 0
            ? .counting(
                visible.leftOut,
                one:
                    "\(count: visible.leftOut) more mailbox that you may read is not searched: one person sees at most \(Visibility.limit).",
                other:
                    "\(count: visible.leftOut) more mailboxes that you may read are not searched: one person sees at most \(Visibility.limit)."
            ) : nil
        foundNothing = !query.isEmpty && !hasContacts && !hasAccounts && !hasEmails
    }
}
