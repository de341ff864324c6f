import CRM
import Database

/// Tells open pages, within this process, that something changed.
///
/// A subscriber that does not keep up loses single changes but is told so by ``Change/anything(in:)``, so that its page
/// is never left stale.
public actor ChangeFeed {
    private struct Subscriber {
        let organization: OrganizationID
        let continuation: AsyncStream<Change>.Continuation
    }

    /// How many changes wait for a subscriber before the oldest go. An open page fetches a fragment for each, or once
    /// for all that it finds waiting.
    public static let buffer = 64

    private let database: any Database
    private var subscribers: [Int: Subscriber] = [:]
    private var nextKey = 0
    /// How far the table of changes was read; nil before the first time.
    private var last: Int64?
    private var isReading = false
    private var readsAgain = false

    public init(database: any Database) { self.database = database }

    /// The changes of an organisation from now on. The stream buffers the newest ``buffer``; it ends when its reader
    /// stops or is cancelled, or by ``finish()``.
    public func subscribe(organization: OrganizationID) async -> AsyncStream<Change> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Change.self, bufferingPolicy: .bufferingNewest(Self.buffer))
        let key = nextKey
        nextKey += 1
        subscribers[key] = Subscriber(organization: organization, continuation: continuation)
        continuation.onTermination = { [weak self] _ in
            // The callback is not async; the subscriber's end has nothing to wait for.
            Task { await self?.unsubscribe(key) }
        }
        // From here on changes are told one by one, not as "anything".
        if last == nil { await committed() }
        return stream
    }

    public var subscriberCount: Int { subscribers.count }

    /// Reads from the table of changes what was committed since the last time, and tells it. To be called after each
    /// transaction that changed something; calls that come while one is reading are one more reading.
    ///
    /// Where the table cannot be read, everyone is told that anything may have changed: their pages will see.
    public func committed() async {
        if isReading {
            readsAgain = true
            return
        }
        isReading = true
        repeat {
            readsAgain = false
            await readOnce()
        } while readsAgain
        isReading = false
    }

    private func readOnce() async {
        let start = last
        do {
            let read = try await database.read { tx in
                try start.map { try Changes.after(tx, $0) }
                    ?? Changes.Batch(changes: [], last: try Changes.last(tx), isFull: false)
            }
            last = read.last
            if start == nil { tellAnything() } else { publish(read.changes) }
            if read.isFull { readsAgain = true }
        } catch {
            tellAnything()
        }
    }

    private func tellAnything() {
        for organization in Set(subscribers.values.map(\.organization)) { publish(.anything(in: organization)) }
    }

    /// Tells changes that are in no table.
    public func publish(_ changes: some Sequence<Change>) {
        for change in changes {
            for subscriber in subscribers.values where subscriber.organization == change.organization {
                guard case .dropped = subscriber.continuation.yield(change) else { continue }
                subscriber.continuation.yield(.anything(in: change.organization))
            }
        }
    }

    public func publish(_ change: Change) { publish(CollectionOfOne(change)) }

    /// Ends all streams: the server stops.
    public func finish() {
        for subscriber in subscribers.values { subscriber.continuation.finish() }
        subscribers = [:]
    }

    private func unsubscribe(_ key: Int) { subscribers[key] = nil }
}
