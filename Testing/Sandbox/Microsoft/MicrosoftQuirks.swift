/// Manners of the real service that are not there on every day, for tests to turn on.
public struct MicrosoftQuirks: Hashable, Sendable {
    /// The reason of `@removed` for a message that was moved. Reports from the field show `deleted`.
    public var reasonOfMoves = Reason.deleted
    /// A message that left a folder and came back between two rounds is told as removed, and not again as present
    /// (microsoftgraph/microsoft-graph-docs-contrib#72).
    public var forgetsReturningMessages = false
    /// Each so many pages of a delta an empty one comes between; nil for never.
    public var emptyPageEvery: Int?
    /// Each so many messages of a delta one is told a second time, on a later page; nil for never.
    public var repeatsEvery: Int?
    /// How many rounds of each delta the service remembers; nil for all. Older links answer SyncStateNotFound.
    public var remembersRounds: Int?
    /// A further creation of an event under a transactionId that was used.
    public var repeatedTransaction = RepeatedTransaction.conflict
    /// Milliseconds that each call to Graph takes, so that calls overlap and the limit of four at a time shows.
    public var latency = 0
    /// Calls at a time that one app may make to one mailbox (Outlook service limits).
    public var concurrentCalls = 4
    /// Calls in ten minutes that one app may make to one mailbox (Outlook service limits).
    public var callsInTenMinutes = 10_000

    public enum Reason: String, Hashable, Sendable {
        case deleted
        case changed
    }

    public enum RepeatedTransaction: String, Hashable, Sendable {
        /// 409.
        case conflict
        /// The event that the first request made.
        case returnsFirst
    }

    public init() {}
}
