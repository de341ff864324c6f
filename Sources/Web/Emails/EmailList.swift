import CRM
import Database
import Mirror
import Store
import Wording

/// The synchronized emails of a card: a page of them, newest first, with the filters that narrow it.
struct EmailList: Sendable {
    let entries: [EmailEntry]
    let hasEntries: Bool
    let older: String?
    /// Leads back to the newest; nil on the first page.
    let newest: String?
    let filters: EmailFilters
    /// What there is to say where there are no entries.
    let emptyTitle: Phrase
    let emptyText: Phrase
    let offersConnecting: Bool
    /// How many mailboxes the viewer's level would give beyond those shown.
    let leftOut: Phrase?

    static let pageSize = 30

    /// - Parameters:
    ///   - path: of the card's page.
    ///   - query: of the request.
    init(
        _ tx: any Transaction, _ organization: OrganizationID, _ card: Card, path: String, query: FormFields,
        visit: Visit
    ) throws {
        let visible = try VisibleMailboxes.of(tx, organization, viewer: visit.viewer.id)
        let period = EmailPeriod(query, zone: visit.viewer.user.timeZone)
        let filter = CardFilter(query, period, visible)
        let key = query.optional("before").flatMap(CardKey.init)
        let text = query["q"].trimmed
        // Signs without a letter among them stand in no text.
        let page =
            filter.words == nil && !text.isEmpty
            ? .empty
            : try Cards.page(
                tx, organization, card, visible: visible, filter: filter, after: key, limit: Self.pageSize)
        let dates = visit.dates
        let topic = LiveTopic(card)
        entries = page.entries.map { EmailEntry($0, card: topic, viewer: visit.viewer.id, dates: dates) }
        hasEntries = !entries.isEmpty
        let filters = EmailFilters(filter, period, visible, path: path, query: text)
        self.filters = filters
        older = page.next.map { filters.address(before: $0) }
        newest = key == nil ? nil : filters.address(before: nil)
        let status = try visible.own.flatMap { try Mailboxes.find(tx, organization, $0)?.status }
        let empty = EmptyEmails(query: text, isNarrowed: filters.isNarrowed, visible: visible, status: status)
        emptyTitle = empty.title
        emptyText = empty.text
        offersConnecting = empty.offersConnecting
        leftOut =
            visible.leftOut > 0
            ? .counting(
                visible.leftOut,
                one:
                    "\(count: visible.leftOut) more mailbox that you may read is not shown: one person sees at most \(Visibility.limit).",
                other:
                    "\(count: visible.leftOut) more mailboxes that you may read are not shown: one person sees at most \(Visibility.limit)."
            ) : nil
    }
}

extension LiveTopic {
    init(_ card: Card) {
        switch card {
        case .contact(let contact): self = .contact(contact)
        case .account(let account): self = .account(account)
        }
    }
}

/// What a card says that has no emails.
private struct EmptyEmails {
    let title: Phrase
    let text: Phrase
    var offersConnecting = false

    init(query: String, isNarrowed: Bool, visible: VisibleMailboxes, status: MailboxStatus?) {
        switch status {
        case _ where !query.isEmpty:
            title = "Nothing found"
            text = "No email on this card has “\(query.prefix(60))” in its subject, its text or its addresses."
        case _ where isNarrowed:
            title = "Nothing fits"
            text = "No email on this card fits what you narrowed it to."
        case .connecting, .firstSync:
            title = "Your mailbox is being read"
            text = "Emails appear here by themselves, the newest first."
        case nil where visible.mailboxes.isEmpty:
            title = "No mailbox is connected yet"
            text = "Connect your mailbox once. From then on, every email exchanged with a contact stands on their card."
            offersConnecting = true
        default:
            title = "No emails yet"
            text = "As soon as an email is exchanged with one of the addresses on this card, it appears here by itself."
        }
    }
}
