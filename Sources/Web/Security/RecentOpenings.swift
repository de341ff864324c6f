import CRM
import Store
import Synchronization

/// Which messages were opened within the last hour and by which session, so that the audit trail tells each opening
/// once.
final class RecentOpenings: Sendable {
    private struct Opening: Hashable {
        let session: SessionID
        let message: StoredMessageID
    }

    private static let span: Int64 = 3_600
    /// Beyond, the old ones are forgotten, then all: an opening told twice does no harm.
    private static let limit = 10_000

    private let openings = Mutex<[Opening: Int64]>([:])

    /// True once an hour for each session and message.
    func isNew(session: SessionID, message: StoredMessageID, now: Int64) -> Bool {
        openings.withLock { openings in
            let opening = Opening(session: session, message: message)
            if let at = openings[opening], now - at < Self.span { return false }
            if openings.count >= Self.limit {
                openings = openings.filter { now - $0.value < Self.span }
                if openings.count >= Self.limit { openings = [:] }
            }
            openings[opening] = now
            return true
        }
    }
}
