import Generators
import Mirror
import Testing

@Suite struct BackoffTests {
    @Test func `pauses double, half of each at random`() {
        let backoff = Backoff(base: 2, limit: 900)
        #expect((1...10).map { backoff.seconds(attempt: $0, random: 0) } == [1, 2, 4, 8, 16, 32, 64, 128, 256, 450])
        #expect((1...10).map { backoff.seconds(attempt: $0, random: 1) } == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900])
        #expect(backoff.seconds(attempt: 3, random: 0.5) == 6)
    }

    @Test func `no pause is longer than the limit or shorter than half the first, however many attempts`() {
        for backoff in [Backoff.mailbox, .message] {
            var random = SeededRandom(seed: 7)
            for attempt in [-5, 0, 1, 2, 30, 31, 63, 64, 1_000, .max] {
                let pause = backoff.seconds(attempt: attempt, random: .random(in: 0..<1, using: &random))
                #expect(pause >= backoff.base / 2 && pause < backoff.limit)
            }
        }
    }

    @Test func `a mailbox is tried again soon, and at least every quarter of an hour`() {
        #expect(Backoff.mailbox.seconds(attempt: 1, random: 0) >= 1)
        #expect(Backoff.mailbox.seconds(attempt: 1, random: 1) <= 2)
        #expect(Backoff.mailbox.seconds(attempt: 100, random: 1) == 900)
        #expect(Backoff.message.seconds(attempt: 100, random: 1) == 86_400)
    }
}
