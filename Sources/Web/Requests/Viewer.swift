import CRM
import Store

/// Who is signed in, as of this request.
struct Viewer: Sendable {
    let session: Sessions.Session
    let user: User
    let organization: Organization
    /// The person's own mailbox waits for them to act.
    let mailboxNeedsAttention: Bool

    var id: UserID { user.id }
}
