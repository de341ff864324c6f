import Foundation
import Testing

@testable import MicrosoftProvider

@Suite struct GraphGateTests {
    /// How many are inside at once, at most.
    private actor Crowd {
        private var inside = 0
        private(set) var most = 0
        func enter(_ weight: Int) {
            inside += weight
            most = max(most, inside)
        }
        func leave(_ weight: Int) { inside -= weight }
    }

    private func crowd(_ gate: GraphGate, weights: [Int]) async throws -> Int {
        let crowd = Crowd()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for weight in weights {
                group.addTask {
                    try await gate.through(weight: weight) {
                        await crowd.enter(weight)
                        for _ in 0..<50 { await Task.yield() }
                        await crowd.leave(weight)
                    }
                }
            }
            try await group.waitForAll()
        }
        return await crowd.most
    }

    @Test func `four requests go through at a time`() async throws {
        #expect(try await crowd(GraphGate(sleep: { _ in }), weights: Array(repeating: 1, count: 40)) == 4)
    }

    @Test func `a batch goes alone`() async throws {
        let most = try await crowd(GraphGate(sleep: { _ in }), weights: [1, 4, 1, 1, 4, 1, 4, 1, 1, 1])
        #expect(most == 4)
    }

    @Test func `after a refusal half as many go through, and one more after twenty that succeed`() async throws {
        let gate = GraphGate(sleep: { _ in })
        await gate.throttled(for: .zero)
        #expect(await gate.limit == 2)
        #expect(try await crowd(gate, weights: Array(repeating: 1, count: 20)) == 2)
        await gate.throttled(for: .zero)
        await gate.throttled(for: .zero)
        #expect(await gate.limit == 1)
        for _ in 0..<20 { await gate.succeeded() }
        #expect(await gate.limit == 2)
        for _ in 0..<100 { await gate.succeeded() }
        #expect(await gate.limit == 4)
    }

    @Test func `one that gives up while it waits holds up nobody`() async throws {
        let gate = GraphGate(sleep: { _ in })
        let hold = Task { try await gate.through(weight: 4) { while !Task.isCancelled { await Task.yield() } } }
        for _ in 0..<50 { await Task.yield() }
        let waiting = Task { try await gate.through { 1 } }
        for _ in 0..<50 { await Task.yield() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        hold.cancel()
        try await hold.value
        #expect(try await gate.through { 2 } == 2)
    }
}
