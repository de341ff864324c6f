import NIOPosix
import Synchronization
import Testing

@testable import IMAP

@Suite struct ResponseQueueTests {
    private let queue = ResponseQueue(eventLoop: MultiThreadedEventLoopGroup.singleton.next())
    private let response = Response.exists(1)

    @Test func `reading pauses when too much lies unread, and resumes when it is taken`() async throws {
        #expect(queue.push([response], octets: ResponseQueue.highWater - 2 * ResponseQueue.responseCost))
        #expect(queue.push([response], octets: 0))
        #expect(!queue.push([response], octets: 1))
        #expect(!queue.push([], octets: 1))
        let resumes = Mutex(0)
        #expect(try await queue.next(silence: .seconds(5)) { resumes.withLock { $0 += 1 } }.count == 3)
        #expect(resumes.withLock { $0 } == 1)
        #expect(queue.push([response], octets: 1))
        #expect(try await queue.next(silence: .seconds(5)) { resumes.withLock { $0 += 1 } }.count == 1)
        #expect(resumes.withLock { $0 } == 1)
    }

    @Test func `small responses count with what they take in memory`() async throws {
        let small = [Response](repeating: response, count: ResponseQueue.highWater / ResponseQueue.responseCost + 1)
        #expect(!queue.push(small, octets: 0))
        #expect(try await queue.next(silence: .seconds(5)) {}.count == small.count)
        #expect(MemoryLayout<Response>.stride <= ResponseQueue.responseCost)
    }

    /// Nobody could take it, so nobody would ever resume.
    @Test func `reading never pauses for a part of a response`() async throws {
        for _ in 0..<100 { #expect(queue.push([], octets: 1 << 20)) }
        // Whole, it counts with all its octets.
        #expect(!queue.push([response], octets: 1))
        #expect(try await queue.next(silence: .seconds(5)) {}.count == 1)
        #expect(queue.push([response], octets: 1))
    }

    @Test func `a wait without time ends`() async throws {
        for silence in [Duration.zero, .nanoseconds(1), .seconds(-1), .microseconds(50)] {
            for _ in 0..<50 {
                await #expect(throws: IMAPError.timedOut) { try await queue.next(silence: silence) {} }
            }
        }
        #expect(queue.push([response], octets: 1))
        #expect(try await queue.next(silence: .zero) {}.count == 1)
    }

    @Test func `what came before the end is read before it`() async throws {
        #expect(queue.push([response, response], octets: 1))
        queue.fail(.closed(nil))
        queue.fail(.timedOut)
        #expect(!queue.isEmpty)
        #expect(try await queue.next(silence: .seconds(5)) {}.count == 2)
        for _ in 0..<2 {
            await #expect(throws: IMAPError.closed(nil)) { try await queue.next(silence: .seconds(5)) {} }
        }
    }

    @Test func `a wait that was cancelled before it began ends`() async throws {
        let wait = Task { [queue] in
            while !Task.isCancelled { await Task.yield() }
            return try await queue.next(silence: .seconds(600)) {}
        }
        wait.cancel()
        await #expect(throws: CancellationError.self) { _ = try await wait.value }
    }

    @Test func `everything that is pushed is taken once and in order`() async throws {
        let writer = Task.detached { [queue] in
            for number in 0..<20_000 {
                _ = queue.push([.exists(number)], octets: 1)
                if number % 64 == 0 { await Task.yield() }
            }
        }
        var next = 0
        while next < 20_000 {
            for response in try await queue.next(silence: .seconds(10), resume: {}) {
                guard case .exists(next) = response else {
                    Issue.record("\(response) in place of \(next)")
                    return
                }
                next += 1
            }
        }
        await writer.value
        #expect(queue.isEmpty)
    }
}
