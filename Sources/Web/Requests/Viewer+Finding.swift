import CRM
import Database
import Mirror
import Store

extension Viewer {
    /// Who holds the token of a valid session.
    static func find(_ tx: any Transaction, token: String, now: Int64) throws -> Viewer? {
        guard let (session, user) = try Sessions.find(tx, token: token, now: now),
            let organization = try Organizations.find(tx, session.organization)
        else { return nil }
        let further = try Users.seats(tx, organization.id, of: user.id)
        let seats = try ([user] + further).map { seat in
            let mailbox = try Mailboxes.ofUser(tx, organization.id, seat.id)
            // Only a definite refusal of the credentials asks the person to act (product, section 2.8).
            let needsAttention = if case .signInNeeded = mailbox?.status { true } else { false }
            return Seat(
                user: seat.id, name: seat.id == user.id ? nil : seat.name, address: seat.email,
                needsAttention: needsAttention)
        }
        return Viewer(session: session, user: user, organization: organization, seats: seats)
    }
}
