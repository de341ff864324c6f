import IMAP
import Synchronization

/// Finds the one message that makes a server hang up or fall silent. Some server processes die of a message that they
/// cannot digest, and some turn in circles; asked for the same messages again, they do it again, and nothing behind it
/// would ever be read. So after each interruption fewer messages are asked for at once, until one is left; that one is not asked for any more.
final class Interruptions: Sendable {
    private struct State {
        var underWay: UIDSet?
        var limit = Int.max
        var deadly = UIDSet()
        var count = 0
    }

    /// A server that does so more often than this in one reading has a trouble that is not one message's.
    private static let tolerated = 20

    private let state = Mutex(State())

    /// How many messages may be asked for at once.
    var limit: Int { state.withLock { $0.limit } }
    /// Messages that are not to be asked for.
    var deadly: UIDSet { state.withLock { $0.deadly } }

    /// These are asked for next.
    func begin(_ uids: UIDSet) { state.withLock { $0.underWay = uids } }

    /// Nothing is asked for at the moment.
    func ended() { state.withLock { $0.underWay = nil } }

    /// Whether to go on, with less at once, after an error that ended the connection.
    func goesOn(after error: IMAPError) -> Bool {
        switch error {
        case .closed, .timedOut, .protocolViolation: break
        default: return false
        }
        return state.withLock { state in
            guard let uids = state.underWay, !uids.isEmpty, state.count < Self.tolerated else { return false }
            state.count += 1
            state.underWay = nil
            if uids.count == 1 {
                state.deadly.formUnion(uids)
                state.limit = .max
            } else {
                state.limit = max(1, min(state.limit, uids.count) / 2)
            }
            return true
        }
    }
}
