public import Foundation
import Synchronization

/// The clock that a sandbox lives by: the machine's own, moved by what a test asked for, or one that stands still until
/// a test moves it.
public final class SandboxClock: Sendable {
    private struct State {
        var moved: TimeInterval = 0
        var standing: Date?
    }

    private let state: Mutex<State>

    /// - Parameter standing: where the clock stands; nil for one that runs with the machine's.
    public init(standingAt standing: Date? = nil) {
        state = Mutex(State(standing: standing))
    }

    public var now: Date {
        state.withLock { $0.standing ?? Date().addingTimeInterval($0.moved) }
    }

    /// Moves the clock forward (or back), in seconds.
    public func advance(by seconds: TimeInterval) {
        state.withLock { state in
            if let standing = state.standing {
                state.standing = standing.addingTimeInterval(seconds)
            } else {
                state.moved += seconds
            }
        }
    }
}
