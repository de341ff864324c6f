import Mirror
import Store
import Wording

/// The state of a mailbox in words.
struct MailboxState: Sendable {
    /// The name of a colour: good, busy, waiting, bad or paused.
    let tone: String
    let icon: String
    let title: Phrase
    let text: Phrase
    let progress: Progress?
    /// Nothing goes on before the person signs in again.
    let asksSignIn: Bool
    /// What the way to servers and password is called.
    let signInLabel: Phrase

    struct Progress: Sendable {
        let value: Int
        let total: Int
        let label: Phrase
    }

    /// A folder that cannot be read, and why.
    struct Trouble: Sendable {
        let folder: String
        let reason: Phrase
    }

    /// - Parameter troubles: of the folders that are to be mirrored.
    init(_ mailbox: MailboxRow, _ troubles: [Trouble], _ dates: DateText) {
        var progress: Progress?
        var asksSignIn = false
        var label: Phrase = "Sign in again"
        let confirmed: Phrase = mailbox.lastConfirmedAt.map { "Last confirmed \(dates.relative($0))." } ?? ""
        switch mailbox.status {
        case .connecting:
            (tone, icon, title) = ("busy", "sync", "Connecting")
            text = "Mailcard is signing in to \(ProviderCatalogue.serverName(of: mailbox))."
        case .firstSync(let processed, let listed):
            (tone, icon, title) = ("busy", "sync", "First synchronization")
            text = "The newest emails are on the cards already; older ones follow. You can go on with your work."
            let percent = listed > 0 ? processed * 100 / listed : 0
            progress = Progress(
                value: processed, total: max(listed, 1),
                label: .counting(
                    listed, one: "\(count: processed) of \(count: listed) email read (\(percent) %)",
                    other: "\(count: processed) of \(count: listed) emails read (\(percent) %)"))
        case .upToDate where troubles.isEmpty:
            (tone, icon, title) = ("good", "check", "Up to date")
            text = .sentences(["The cards show what the mailbox holds.", confirmed])
        case .upToDate:
            (tone, icon) = ("waiting", "alert")
            title = .counting(
                troubles.count, one: "Up to date, except one folder",
                other: "Up to date, except \(count: troubles.count) folders")
            text =
                .sentences([
                    Self.words(for: troubles),
                    "Mailcard tries again by itself. For all else, the cards show what the mailbox holds.", confirmed,
                ])
        case .throttled(let until, let reason):
            (tone, icon, title) = ("waiting", "clock", "Waiting for the provider")
            text = .sentences([reason, "Mailcard goes on by itself \(dates.relative(until)).", confirmed])
        case .retrying(let at, let reason):
            (tone, icon, title) = ("waiting", "clock", "Trying again soon")
            text = .sentences([
                reason, "You do not have to do anything: the next try is \(dates.relative(at)).", confirmed,
            ])
        case .signInNeeded(let reason):
            (tone, icon, title) = ("bad", "alert", "Sign in again")
            text = .sentences([reason, confirmed])
            asksSignIn = true
        case .misconfigured(let reason):
            (tone, icon, title) = ("waiting", "clock", "The mailbox cannot be reached")
            text =
                .sentences([
                    reason,
                    "You do not have to do anything: Mailcard goes on trying by itself. If it lasts, compare the settings with what your provider says.",
                    confirmed,
                ])
            label = "Change the settings"
        case .paused:
            (tone, icon, title) = ("paused", "pause", "Paused")
            text = .sentences(["New emails do not appear on the cards, and deleted ones stay.", confirmed])
        }
        self.progress = progress
        self.asksSignIn = asksSignIn
        signInLabel = label
    }

    /// How many folders are named; more are counted.
    private static let namedTroubles = 3

    private static func words(for troubles: [Trouble]) -> Phrase {
        let named: [Phrase] = troubles.prefix(namedTroubles).map { "“\($0.folder)”: \($0.reason)" }
        let more = troubles.count - namedTroubles
        if more <= 0 { return .sentences(named) }
        let others = Phrase.counting(
            more, one: "And \(count: more) other folder, named below.",
            other: "And \(count: more) other folders, named below.")
        return .sentences(named + [others])
    }
}
