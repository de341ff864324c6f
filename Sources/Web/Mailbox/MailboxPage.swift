import CRM
import Hummingbird
import Mirror
import Store
import Wording

/// A connected mailbox: its state, where each of its messages ended up, what was set aside, and what can be done.
struct MailboxPage: Page {
    static let module = "Mailbox"
    let layout: Layout
    let menu: SettingsMenu
    let address: String
    let server: String
    let connected: Moment
    let state: MailboxState
    let isPaused: Bool
    /// nil where the mail system has none.
    let calendar: CalendarState?
    let accounting: AccountingView
    let check: Phrase?
    let isChecking: Bool
    let setAsides: [SetAsideLine]
    let hasSetAsides: Bool
    let messageID = Field("message-id", "", nil)
    let subject = Field("subject", "", nil)
    let day = Field("day", "", nil)

    /// The calendar that goes with the mailbox.
    struct CalendarState: Sendable {
        let name: String?
        let problem: Phrase?
        /// How many changes are on their way.
        let waiting: Phrase?

        init(_ choice: MailboxCalendars.Choice, waiting count: Int) {
            name = choice.calendar?.name
            problem = choice.problem
            waiting =
                count == 0
                ? nil
                : .counting(
                    count, one: "\(count: count) change is on its way.",
                    other: "\(count: count) changes are on their way.")
        }
    }

    static func show(_ visit: Visit) async throws -> Response {
        let user = visit.seat.user
        let page = try await visit.read { tx, organization -> MailboxPage? in
            guard let mailbox = try Mailboxes.ofUser(tx, organization, user) else { return nil }
            let accounting = AccountingView(
                try MailboxAccounting.folders(tx, organization, mailbox.id),
                excluded: try MailboxAccounting.excludedByRule(tx, organization, mailbox.id),
                waitingForText: try MailboxAccounting.waitingForText(tx, organization, mailbox.id))
            let calendar = try MailboxCalendars.choice(tx, organization, mailbox.id).map { choice in
                CalendarState(
                    choice,
                    waiting: choice.calendar == nil ? 0 : try CalendarOutbox.count(tx, organization, owner: user))
            }
            return MailboxPage(
                visit, mailbox, calendar, accounting, try SetAsideLine.list(tx, organization, mailbox.id, visit.dates),
                try LiveAddress(.mailbox(mailbox.id), tx, visit.web.marks))
        }
        if let page { return try visit.page(page) }
        return try visit.page(
            MailboxIntroPage(layout: visit.layout("Mailbox Sync", .settings), menu: visit.menu(.mailbox)))
    }

    private init(
        _ visit: Visit, _ mailbox: MailboxRow, _ calendar: CalendarState?, _ accounting: AccountingView,
        _ setAsides: [SetAsideLine],
        _ live: LiveAddress
    ) {
        let dates = visit.dates
        layout = visit.layout("Mailbox Sync", .settings, live: live)
        menu = visit.menu(.mailbox)
        address = mailbox.address
        server = ProviderCatalogue.serverName(of: mailbox)
        connected = dates.moment(mailbox.createdAt)
        state = MailboxState(mailbox, accounting.troubles, dates)
        isPaused = mailbox.isPaused
        self.calendar = calendar
        self.accounting = accounting
        check = mailbox.lastCheck.map { Self.words(for: $0, dates) }
        isChecking = mailbox.lastCheck.map { $0.finishedAt == nil && $0.problem == nil } ?? false
        self.setAsides = setAsides
        hasSetAsides = !setAsides.isEmpty
    }

    private static func words(for check: MirrorCheck, _ dates: DateText) -> Phrase {
        guard let finished = check.finishedAt else {
            if let problem = check.problem {
                return
                    "The comparison begun \(dates.relative(check.startedAt)) came to no end: \(problem) It is begun again by itself."
            }
            return "The mirror is being compared with the whole mailbox since \(dates.relative(check.startedAt))."
        }
        let read = Phrase.counting(
            check.read, one: "\(count: check.read) email was read again",
            other: "\(count: check.read) emails were read again")
        let missing = Phrase.counting(
            check.missing, one: "\(count: check.missing) was missing", other: "\(count: check.missing) were missing")
        let extra = Phrase.counting(
            check.extra, one: "\(count: check.extra) was too many", other: "\(count: check.extra) were too many")
        let outcome: Phrase =
            check.missing + check.extra == 0
            ? "Compared with the whole mailbox \(dates.relative(finished)): \(read), and the cards were right."
            : "Compared with the whole mailbox \(dates.relative(finished)): \(read), and \(missing) and \(extra). Both are corrected."
        guard let skipped = check.skipped, !skipped.isEmpty else { return outcome }
        let names = Phrase.several(skipped.map { "“\($0)”" })
        return .sentences([outcome, "Not compared, since they cannot be read: \(names)."])
    }
}

/// What there is to know before a mailbox is connected.
struct MailboxIntroPage: Page {
    static let module = "Mailbox"
    let layout: Layout
    let menu: SettingsMenu
}
