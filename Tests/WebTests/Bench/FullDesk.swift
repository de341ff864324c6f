import Foundation
import Synchronization

@testable import Web

/// Keeps a desk as full as it may be while something is done.
func withFull(_ desk: PasswordDesk, _ action: @Sendable () async throws -> Void) async throws {
    let barrier = Barrier()
    try await withThrowingTaskGroup(of: Void.self) { group in
        defer { barrier.open() }
        for _ in 0..<PasswordDesk.limit { group.addTask { try await desk.inTurn { barrier.wait() } } }
        while desk.waiting < PasswordDesk.limit { await Task.yield() }
        try await action()
    }
}

/// Holds up the desk's own thread until it is opened.
private final class Barrier: Sendable {
    private let isOpen = Mutex(false)

    func open() { isOpen.withLock { $0 = true } }

    func wait() {
        while !isOpen.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.001) }
    }
}
