import CRM

/// A seat of the viewer's with a mailbox: their own, or a sync-only user of theirs.
struct Seat: Sendable, Hashable {
    let user: UserID
    /// Nil for the viewer's own.
    let name: String?
    /// The address that is offered for connecting.
    let address: String
    /// Nothing goes on before the person acts.
    let needsAttention: Bool

    /// Of its pages.
    var base: String { name == nil ? "/settings/mailbox" : "/settings/seats/\(user)/mailbox" }
}
