/// How long to wait before trying again.
public struct Backoff: Hashable, Sendable {
    /// The first pause, in seconds.
    public let base: Double
    /// No pause is longer, in seconds.
    public let limit: Double

    public init(base: Double, limit: Double) {
        self.base = base
        self.limit = limit
    }

    /// For a mailbox that cannot be reached: a first retry soon, then at most every 15 minutes, so that an outage of
    /// hours ends by itself shortly after the provider is back.
    public static let mailbox = Backoff(base: 2, limit: 900)

    /// For one message that cannot be read: from a minute to a day.
    public static let message = Backoff(base: 60, limit: 86_400)

    /// For a text that the provider did not answer for, or whose folder did not open: from the time that the folder's
    /// next reading takes to an hour.
    public static let unanswered = Backoff(base: 2, limit: 3_600)

    /// For checks of a mailbox whose sums do not agree with what the server counts: a header scan each.
    public static let disagreement = Backoff(base: 60, limit: 86_400)

    /// The pause in seconds before attempt number `attempt` (the first retry is 1): doubling, of which a random half is
    /// taken off, so that many mailboxes of one provider do not return at the same moment.
    ///
    /// - Parameter random: in 0..<1.
    public func seconds(attempt: Int, random: Double) -> Double {
        let full = min(limit, base * Double(1 << min(max(attempt - 1, 0), 30)))
        return full / 2 + full / 2 * random
    }
}
