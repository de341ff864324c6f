import Synchronization

/// Every call that was answered, in the order of the answers.
public final class CallLog: Sendable {
    private let state = Mutex<[SandboxCall]>([])

    /// All of them, batch parts included.
    public var calls: [SandboxCall] { state.withLock { $0 } }

    /// The calls that crossed the wire, so without the parts of batches.
    public var requests: [SandboxCall] { calls.filter { !$0.isBatchPart } }

    /// How many calls went to a path that contains this text.
    public func count(of path: String) -> Int { calls.filter { $0.path.contains(path) }.count }

    /// Octets of answers' bodies.
    public var sentOctets: Int { requests.reduce(0) { $0 + $1.sent } }

    public func clear() { state.withLock { $0 = [] } }

    func add(_ call: SandboxCall) { state.withLock { $0.append(call) } }
}
