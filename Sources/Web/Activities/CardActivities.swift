import CRM
import Database
import Store

/// The meetings and tasks on the card of a contact or an account: the next that are open, then the last that were done.
struct CardActivities: Sendable {
    let lines: [ActivityLine]
    let hasLines: Bool
    /// Leads to the form for a new one with this contact or account.
    let new: String
    /// Leads to all of them; nil where all stand here.
    let all: String?

    /// Beside the emails there is room for a few.
    static let openLimit = 5
    static let doneLimit = 2

    /// - Parameters:
    ///   - card: a contact or an account.
    ///   - path: of its page.
    init(
        _ tx: any Transaction, _ organization: OrganizationID, _ card: ActivityScope, path: String, visit: Visit
    ) throws {
        let open = try ActivityList.open(tx, organization, card, limit: Self.openLimit)
        let done = try ActivityList.done(tx, organization, card, limit: Self.doneLimit)
        lines = (open.activities + done.activities).map {
            ActivityLine($0, viewer: visit.viewer.user, text: visit.activityTimes, back: path, on: card)
        }
        hasLines = !lines.isEmpty
        let (contact, account) = (card.contact?.description, card.account?.description)
        new = PathText.with("/activities/new", ["contact": contact, "account": account, "back": path])
        all =
            open.next == nil && done.next == nil
            ? nil : PathText.with("/tasks", ["contact": contact, "account": account])
    }
}

extension ActivityScope {
    var contact: ContactID? { if case .contact(let contact) = self { contact } else { nil } }
    var account: AccountID? { if case .account(let account) = self { account } else { nil } }
    var owner: UserID? { if case .owner(let owner) = self { owner } else { nil } }
}
