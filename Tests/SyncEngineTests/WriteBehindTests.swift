import Synchronization
import Testing

@testable import SyncEngine

@Suite struct WriteBehindTests {
    private struct Failed: Error, Equatable {
        let name: String
    }

    @Test func `writes are made in order, one at a time, and all are done at the end`() async throws {
        let log = Mutex<[Int]>([])
        try await WriteBehind.during { writes in
            for number in 0..<20 {
                try await writes.begin {
                    log.withLock { $0.append(number) }
                    try await Task.sleep(for: .milliseconds(number % 3))
                    log.withLock { $0.append(number) }
                }
            }
        }
        #expect(log.withLock { $0 } == (0..<20).flatMap { [$0, $0] })
    }

    @Test func `work goes on while a write is under way`() async throws {
        let (hold, release) = AsyncStream<Void>.makeStream()
        let reached = Mutex(false)
        try await WriteBehind.during { writes in
            try await writes.begin { for await _ in hold { return } }
            reached.withLock { $0 = true }
            release.yield()
        }
        #expect(reached.withLock { $0 })
    }

    @Test func `what a write throws stops the next one, or comes at the end`() async throws {
        let begun = Mutex(false)
        await #expect(throws: Failed(name: "first")) {
            try await WriteBehind.during { writes in
                try await writes.begin { throw Failed(name: "first") }
                try await writes.begin { begun.withLock { $0 = true } }
            }
        }
        #expect(!begun.withLock { $0 })
        await #expect(throws: Failed(name: "last")) {
            try await WriteBehind.during { try await $0.begin { throw Failed(name: "last") } }
        }
    }

    @Test func `where the work fails, what it began is written all the same`() async throws {
        let isWritten = Mutex(false)
        await #expect(throws: Failed(name: "work")) {
            try await WriteBehind.during { writes in
                try await writes.begin {
                    try await Task.sleep(for: .milliseconds(5))
                    isWritten.withLock { $0 = true }
                }
                throw Failed(name: "work")
            }
        }
        #expect(isWritten.withLock { $0 })
    }

    @Test func `cancelling reaches the write under way`() async throws {
        let (started, start) = AsyncStream<Void>.makeStream()
        let task = Task {
            try await WriteBehind.during { writes in
                try await writes.begin {
                    start.yield()
                    try await Task.sleep(for: .seconds(600))
                }
            }
        }
        for await _ in started { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
