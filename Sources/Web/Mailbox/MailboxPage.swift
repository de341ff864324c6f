import CRM
import Hummingbird
import Mirror
import Store

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
    let accounting: AccountingView
    let check: String?
    let isChecking: Bool
    let setAsides: [SetAsideLine]
    let hasSetAsides: Bool
    let messageID = Field("message-id", "", nil)
    let subject = Field("subject", "", nil)
    let day = Field("day", "", nil)

    static func show(_ visit: Visit) async throws -> Response {
        let user = visit.seat.user
        let page = try await visit.read { tx, organization -> MailboxPage? in
            guard let mailbox = try Mailboxes.ofUser(tx, organization, user) else { return nil }
            let accounting = AccountingView(
                try MailboxAccounting.folders(tx, organization, mailbox.id),
                excluded: try MailboxAccounting.excludedByRule(tx, organization, mailbox.id),
                waitingForText: try MailboxAccounting.waitingForText(tx, organization, mailbox.id))
            return MailboxPage(
                visit, mailbox, accounting, try SetAsideLine.list(tx, organization, mailbox.id, visit.dates),
                try LiveAddress(.mailbox(mailbox.id), tx, visit.web.marks))
        }
        if let page { return try visit.page(page) }
        return try visit.page(
            MailboxIntroPage(layout: visit.layout("Mailbox Sync", .settings), menu: visit.menu(.mailbox)))
    }

    private init(
        _ visit: Visit, _ mailbox: MailboxRow, _ accounting: AccountingView, _ setAsides: [SetAsideLine],
        _ live: LiveAddress
    ) {
        let dates = visit.dates
        layout = visit.layout("Mailbox Sync", .settings, live: live)
        menu = visit.menu(.mailbox)
        address = mailbox.address
        server = mailbox.settings.imap.host
        connected = dates.moment(mailbox.createdAt)
        state = MailboxState(mailbox, accounting.troubles, dates)
        isPaused = mailbox.isPaused
        self.accounting = accounting
        check = mailbox.lastCheck.map { Self.words(for: $0, dates) }
        isChecking = mailbox.lastCheck.map { $0.finishedAt == nil && $0.problem == nil } ?? false
        self.setAsides = setAsides
        hasSetAsides = !setAsides.isEmpty
    }

    private static func words(for check: MirrorCheck, _ dates: DateText) -> String {
        guard let finished = check.finishedAt else {
            if let problem = check.problem {
                return
                    "The comparison begun \(dates.relative(check.startedAt)) came to no end: \(problem) It is begun again by itself."
            }
            return "The mirror is being compared with the whole mailbox since \(dates.relative(check.startedAt))."
        }
        let read = "\(Quantity.of(check.read, "email was", "emails were")) read again"
        let outcome =
            check.missing + check.extra == 0
            ? "the cards were right."
            : "\(Quantity.of(check.missing, "was", "were")) missing and "
                + "\(Quantity.of(check.extra, "was", "were")) too many. Both are corrected."
        let skipped = (check.skipped ?? []).map { "“\($0)”" }
        let but = skipped.isEmpty ? "" : " Not compared, since they cannot be read: \(skipped.joined(separator: ", "))."
        return "Compared with the whole mailbox \(dates.relative(finished)): \(read), and \(outcome)\(but)"
    }
}

/// What there is to know before a mailbox is connected.
struct MailboxIntroPage: Page {
    static let module = "Mailbox"
    let layout: Layout
    let menu: SettingsMenu
}
