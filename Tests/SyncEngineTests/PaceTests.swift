import Testing

@testable import SyncEngine

@Suite struct PaceTests {
    @Test func `a fast provider is asked for many texts in a row, a slow one for few`() {
        var pace = Pace(least: 200)
        #expect(pace.count == 200)
        pace.record(200, in: .milliseconds(100))
        #expect(pace.count == 4_000)
        pace.record(4_000, in: .milliseconds(1))
        #expect(pace.count == 5_000)
        pace.record(5_000, in: .seconds(20))
        #expect(pace.count == 500)
        pace.record(500, in: .seconds(600))
        #expect(pace.count == 200)
        pace.record(0, in: .zero)
        #expect(pace.count == 200)
    }
}
