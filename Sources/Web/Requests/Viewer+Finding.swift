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
        // Only a definite refusal of the credentials asks the person to act (product, section 2.8).
        let needsAttention = if case .signInNeeded = mailbox?.status { true } else { false }
        return Viewer(
            session: session, user: user, organization: organization, mailboxNeedsAttention: needsAttention)
    }
}
