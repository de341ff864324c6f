import Synchronization

/// A position that the pages of one reading move on.
final class Progress: Sendable {
    private let state: Mutex<IMAPCheckpoint>

    init(_ position: IMAPCheckpoint) { state = Mutex(position) }

    var position: IMAPCheckpoint {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
