import Synchronization

/// The faults that a test planned, in order. Each call meets the first of each kind that fits it.
public final class FaultPlan: Sendable {
    private let state = Mutex<[Fault]>([])

    public func add(_ fault: Fault) { state.withLock { $0.append(fault) } }

    public func clear() { state.withLock { $0 = [] } }

    /// Those that still wait for calls.
    public var waiting: [Fault] { state.withLock { $0 } }

    /// The effects on this call. Counts it.
    func effects(method: String, path: String) -> [Fault.Effect] {
        state.withLock { faults in
            var effects: [Fault.Effect] = []
            for index in faults.indices where faults[index].fits(method: method, path: path) {
                if faults[index].skipping > 0 {
                    faults[index].skipping -= 1
                } else if let times = faults[index].times {
                    if times > 0 { effects.append(faults[index].effect) }
                    faults[index].times = times - 1
                } else {
                    effects.append(faults[index].effect)
                }
            }
            faults.removeAll { $0.times.map { $0 <= 0 } ?? false }
            return effects
        }
    }
}
