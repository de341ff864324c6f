/// Which way a message went, seen from the mailbox that holds it. The numbers are those in the store.
public enum Direction: Int64, Hashable, Sendable, Codable, CaseIterable {
    /// The contact is the author (From).
    case received = 0
    /// The contact is a recipient (To, Cc or Bcc).
    case sent = 1
}
