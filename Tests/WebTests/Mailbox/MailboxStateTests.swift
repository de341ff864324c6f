import CRM
import Mirror
import Testing

@testable import Store
@testable import Web

@Suite struct MailboxStateTests {
    private let dates = DateText(zone: "Europe/Paris", now: 1_795_476_600)

    private func state(_ status: MailboxStatus, _ troubles: [MailboxState.Trouble] = []) -> MailboxState {
        let server = ServerEndpoint(host: "imap.example", port: 993, security: .tls)
        let mailbox = MailboxRow(
            id: 1, organization: 1, user: 1, address: "a@b.example", provider: "imap",
            settings: MailboxSettings(address: "a@b.example", imap: server, smtp: server), status: status,
            isPaused: false, lastConfirmedAt: 1_795_476_000, lastCheck: nil, distrustsVanished: false, createdAt: 1,
            pass: 1, checksWanted: 0, checksDone: 0)
        return MailboxState(mailbox, troubles, dates)
    }

    @Test func `only refused credentials ask the person to act`() {
        let others: [MailboxStatus] = [
            .connecting, .firstSync(processed: 1, listed: 2), .upToDate, .throttled(until: 1, reason: "Too fast."),
            .retrying(at: 1, reason: "No answer."), .misconfigured(reason: "No such host."), .paused,
        ]
        for status in others { #expect(!state(status).asksSignIn && state(status).tone != "bad", "\(status)") }
        let refused = state(.signInNeeded(reason: "The password was refused."))
        #expect(refused.asksSignIn && refused.tone == "bad" && refused.signInLabel == "Sign in again")
    }

    @Test func `what may be wrong with the settings is tried on, and they can be changed`() {
        let shown = state(.misconfigured(reason: "The certificate of imap.example has expired."))
        #expect(shown.tone == "waiting" && shown.signInLabel == "Change the settings")
        #expect(
            shown.text.english.hasPrefix("The certificate of imap.example has expired. You do not have to do anything"))
        #expect(shown.text.english.contains("goes on trying by itself"))
        #expect(shown.text.english.hasSuffix("Last confirmed today at 00:20."))
    }

    @Test func `a mailbox is not up to date without a word where a folder cannot be read`() {
        #expect(state(.upToDate).title == "Up to date" && state(.upToDate).tone == "good")
        let troubles = ["A", "B", "C", "D", "E"].map { MailboxState.Trouble(folder: $0, reason: "It does not open.") }
        let one = state(.upToDate, Array(troubles.prefix(1)))
        #expect(one.title.english == "Up to date, except one folder" && one.tone == "waiting")
        #expect(one.text.english.hasPrefix("“A”: It does not open. Mailcard tries again by itself."))
        let many = state(.upToDate, troubles)
        #expect(many.title.english == "Up to date, except 5 folders")
        #expect(many.text.english.contains("“C”: It does not open. And 2 other folders, named below."))
    }
}
