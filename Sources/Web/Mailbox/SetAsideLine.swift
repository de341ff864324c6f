import CRM
import Database
import Store
import Wording

/// A message that could not be read, and when it is tried again.
struct SetAsideLine: Sendable {
    let what: Phrase
    let folder: String?
    let reason: Phrase
    let since: Moment?
    let tries: Phrase
    let retry: Phrase?

    /// More are counted in the sums, not listed.
    static let limit = 50

    static func list(
        _ tx: any Transaction, _ organization: OrganizationID, _ mailbox: MailboxID, _ dates: DateText
    ) throws -> [SetAsideLine] {
        let headers = try SetAsides.list(tx, organization, mailbox, limit: limit).map { item in
            SetAsideLine(
                what: "Message \(item.remoteID.rawValue)", folder: item.folderName, reason: item.reason,
                since: dates.moment(item.firstAt), tries: .tries(item.attempts),
                retry: dates.relative(item.retryAt))
        }
        let texts = try UnreadableTexts.list(tx, organization, mailbox, limit: limit).map { item in
            SetAsideLine(
                what: .subject(item.subject), folder: nil, reason: item.reason,
                since: nil, tries: .tries(item.attempts), retry: item.retryAt.map(dates.relative))
        }
        return headers + texts
    }
}
