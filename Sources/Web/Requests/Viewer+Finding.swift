import Database
import Mirror
import Store

extension Viewer {
    /// Who holds the token of a valid session.
    static func find(_ tx: any Transaction, token: String, now: Int64) throws -> Viewer? {
        guard let (session, user) = try Sessions.find(tx, token: token, now: now),
            let organization = try Organizations.find(tx, session.organization)
        else { return nil }
        let mailbox = try Mailboxes.ofUser(tx, organization.id, user.id)
        let needsAttention =
            switch mailbox?.status {
            case .signInNeeded, .misconfigured: true
            default: false
            }
        return Viewer(
            session: session, user: user, organization: organization, mailboxNeedsAttention: needsAttention)
    }
}
