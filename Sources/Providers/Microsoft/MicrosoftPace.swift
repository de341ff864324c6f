/// How time passes for a mailbox of Microsoft.
public struct MicrosoftPace: Sendable {
    /// A mailbox is looked at this often while nothing tells of news.
    public var pollInterval: Duration = .seconds(10)
    /// Waits; a test need not.
    public var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    /// The time that counts of folders are trusted by.
    public var instant: @Sendable () -> ContinuousClock.Instant = { .now }

    public init() {}
}
