import Foundation

/// Everything that the sandbox for Microsoft knows.
struct MicrosoftWorld: Sendable {
    var directory: MicrosoftDirectory
    /// By the account's object id.
    var mailboxes: [String: Mailbox] = [:]
    var deltas = DeltaRounds()
    var subscriptions: [String: GraphSubscription] = [:]
    var quirks = MicrosoftQuirks()
    /// Letters that went out, in order.
    var sent: [SentLetter] = []
    /// Calls under way, and the times of recent calls, by app and mailbox.
    var underWay: [String: Int] = [:]
    var recent: [String: [Date]] = [:]

    init(tenantID: String, domain: String) {
        directory = MicrosoftDirectory(tenantID: tenantID, domain: domain)
    }

    /// The number of an account's mailbox in ids.
    func mailboxNumber(of account: String) -> Int {
        (directory.accounts.firstIndex { $0.objectID == account } ?? 0) + 1
    }
}
