import CRM
import Store

/// Who is signed in, as of this request.
struct Viewer: Sendable {
    let session: Sessions.Session
    let user: User
    let organization: Organization
    /// The person's own, then their sync-only users by name.
    let seats: [Seat]

    var id: UserID { user.id }
    var ownSeat: Seat { seats[0] }
    /// One of the person's mailboxes waits for them to act.
    var mailboxNeedsAttention: Bool { seats.contains(where: \.needsAttention) }
}
