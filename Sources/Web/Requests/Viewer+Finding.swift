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
        let seats = try Users.seats(tx, organization.id, of: user.id).map { seat in
            // Only a definite refusal of the credentials asks the person to act (product, section 2.8).
            let needsAttention = if case .signInNeeded = seat.status { true } else { false }
            return Seat(
                user: seat.user, name: seat.user == user.id ? nil : seat.name, address: seat.address,
                needsAttention: needsAttention)
        }
        return Viewer(session: session, user: user, organization: organization, seats: seats)
    }
}
