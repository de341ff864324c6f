import Mirror
import Testing

@Suite struct AccountingTests {
    private let whole = Accounting(listed: 21, mirrored: 1, noContact: 2, excluded: 3, waiting: 5, setAside: 10)

    @Test func `it adds up when each message is exactly one thing`() {
        #expect(whole.accounted == 21 && whole.addsUp)
        #expect(Accounting().addsUp)
    }

    @Test func `it does not add up when a message is missing, counted twice or owed`() {
        var missing = whole
        missing.mirrored = 0
        var twice = whole
        twice.setAside += 1
        let owed = Accounting(listed: 2, mirrored: 3, noContact: -1)
        let overread = Accounting(listed: 2, mirrored: 3, waiting: -1)
        for wrong in [missing, twice, owed, overread] { #expect(!wrong.addsUp) }
    }

    @Test func `the sum of folders is the mailbox, part by part`() {
        let other = Accounting(listed: 6, mirrored: 1, noContact: 1, excluded: 1, waiting: 1, setAside: 2)
        #expect(
            whole + other == Accounting(listed: 27, mirrored: 2, noContact: 3, excluded: 4, waiting: 6, setAside: 12))
        #expect((whole + other).addsUp)
    }
}
