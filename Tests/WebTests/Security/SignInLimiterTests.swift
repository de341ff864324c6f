import Testing

@testable import Web

@Suite struct SignInLimiterTests {
    private let limiter = SignInLimiter()

    @Test func `a guess costs the address where it is tried from, and time gives it back`() {
        for _ in 0..<10 { #expect(limiter.take(address: "a", place: "p", now: 0)) }
        #expect(!limiter.take(address: "a", place: "p", now: 0))
        #expect(limiter.take(address: "a", place: "p", now: 31))
        #expect(!limiter.take(address: "a", place: "p", now: 31))
    }

    @Test func `whoever guesses somewhere keeps out neither the address's owner elsewhere nor others there`() {
        for _ in 0..<10 { #expect(limiter.take(address: "a", place: "p", now: 0)) }
        #expect(limiter.take(address: "a", place: "q", now: 0))
        #expect(limiter.take(address: "b", place: "p", now: 0))
    }

    @Test func `a place that tries many addresses has to wait`() {
        for index in 0..<50 { #expect(limiter.take(address: "a\(index)", place: "p", now: 0)) }
        #expect(!limiter.take(address: "b", place: "p", now: 0))
        limiter.giveBack(address: "a1", place: "p", now: 0)
        #expect(limiter.take(address: "b", place: "p", now: 0))
    }

    @Test func `an address that is tried from many places has to wait`() {
        for index in 0..<100 { #expect(limiter.take(address: "a", place: "p\(index)", now: 0)) }
        #expect(!limiter.take(address: "a", place: "q", now: 0))
        #expect(limiter.take(address: "a", place: "q", now: 31))
    }

    @Test func `whoever fills the table with other tries frees nobody who is held`() {
        for _ in 0..<10 { #expect(limiter.take(address: "a", place: "p", now: 0)) }
        for index in 0..<(SignInLimiter.bucketLimit / 3 + 100) {
            #expect(limiter.take(address: "b\(index)", place: "q\(index)", now: 1))
        }
        #expect(!limiter.take(address: "a", place: "p", now: 1))
    }
}
