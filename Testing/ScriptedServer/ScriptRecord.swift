import NIOCore
import Synchronization

/// What has happened on a scripted server so far, and what it has to close when it ends.
final class ScriptRecord: Sendable {
    struct State {
        var connections = 0
        var received: [String] = []
        var failures: [String] = []
        var channels: [ObjectIdentifier: any Channel] = [:]
        var plays: [Int: Task<Void, Never>] = [:]
        var stopped = false
    }

    let state = Mutex(State())

    func received(_ line: String) { state.withLock { $0.received.append(line) } }

    /// - Returns: the number of the connection, counted from 0; nil once the server has stopped.
    func opened(_ channel: any Channel) -> Int? {
        state.withLock { state in
            guard !state.stopped else { return nil }
            state.channels[ObjectIdentifier(channel)] = channel
            state.connections += 1
            return state.connections - 1
        }
    }

    func closed(_ channel: any Channel) {
        _ = state.withLock { $0.channels.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    func failed(_ error: any Error) {
        state.withLock { if !$0.stopped { $0.failures.append(String(describing: error)) } }
    }

    /// Runs the play in a task of its own, since the connection is opened by the event loop, which has no task.
    func perform(_ index: Int, _ play: @escaping @Sendable () async -> Void) {
        state.withLock { state in
            let task = Task { await play() }
            if state.stopped { task.cancel() } else { state.plays[index] = task }
        }
    }

    func stop() async {
        let (channels, plays) = state.withLock { state in
            state.stopped = true
            return (Array(state.channels.values), Array(state.plays.values))
        }
        for play in plays { play.cancel() }
        for channel in channels { try? await channel.close() }
        for play in plays { await play.value }
    }
}
