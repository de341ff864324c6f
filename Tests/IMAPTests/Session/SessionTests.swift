import Testing

@testable import IMAP

@Suite struct SessionTests {
    private static func session(_ greeting: String = "* OK hello", selected: Bool = false) throws -> Session {
        var session = Session()
        try session.greetingReceived(try Wire.response(greeting))
        if selected { session.selecting(.inbox) }
        return session
    }

    private static func receive(_ session: inout Session, _ lines: String...) throws {
        for line in lines { try session.received(try Wire.response(line)) }
    }

    @Test func `the greeting tells the state`() throws {
        #expect(try Self.session().state == .notAuthenticated)
        #expect(try Self.session("* PREAUTH hello").state == .authenticated)
        #expect(throws: IMAPError.closed("busy")) { try Self.session("* BYE busy") }
        #expect(throws: IMAPError.notIMAP("no")) { try Self.session("* NO no") }
        for line in ["HTTP/1.0 400 Bad Request", "220 x ESMTP", "+OK POP3", "* 1 EXISTS", "A1 OK"] {
            do {
                _ = try Self.session(line)
                Issue.record("\(line) was taken for a greeting")
            } catch IMAPError.notIMAP {}
        }
    }

    @Test func `capabilities come untagged, in the greeting and in codes`() throws {
        var session = try Self.session("* OK [CAPABILITY IMAP4rev1 STARTTLS] hello")
        #expect(session.knowsCapabilities && session.can(.startTLS))
        try Self.receive(&session, "* CAPABILITY IMAP4rev1 IDLE")
        #expect(session.can(.idle) && !session.can(.startTLS))
        try Self.receive(&session, "A1 OK [CAPABILITY IMAP4rev1 QRESYNC] done")
        #expect(session.capabilities == ["IMAP4REV1", .qresync])
    }

    @Test func `what was told before STARTTLS or signing in is forgotten`() throws {
        var session = try Self.session("* OK [CAPABILITY IMAP4rev1 SASL-IR] hello")
        try Self.receive(&session, "* ENABLED QRESYNC UTF8=ACCEPT")
        session.forgetCapabilities()
        #expect(!session.knowsCapabilities && session.capabilities.isEmpty && session.enabled.isEmpty)
        #expect(session.formerCapabilities.contains(.saslIR))
    }

    @Test func `what a mailbox tells is kept, whatever command runs`() throws {
        var session = try Self.session(selected: true)
        try Self.receive(
            &session, "* 172 EXISTS", "* OK [UIDVALIDITY 3857529045] x", "* OK [UIDNEXT 4392] x",
            "* OK [HIGHESTMODSEQ 715194045007] x",
            "* VANISHED (EARLIER) 1:3,9")
        let selected = try #require(session.selected)
        #expect((selected.exists, selected.uidValidity, selected.uidNext) == (172, 3_857_529_045, 4392))
        #expect((selected.highestModSequence, selected.vanished.description) == (715_194_045_007, "1:3,9"))
        #expect((selected.expungedWhileSelected, session.news) == (0, 1))
        try Self.receive(
            &session, "* 5 EXPUNGE", "* SEARCH 1", "* VANISHED 7:9", "* 4 FETCH (FLAGS ())",
            "A4 OK [HIGHESTMODSEQ 715194045008] Done")
        #expect((session.selected?.exists, session.selected?.expungedWhileSelected) == (168, 4))
        #expect(session.selected?.vanished.description == "1:3,9")
        #expect((session.selected?.highestModSequence, session.news) == (715_194_045_008, 3))
    }

    @Test(arguments: [
        "[UIDVALIDITY 0]", "[UIDVALIDITY 4294967296]", "[UIDVALIDITY x]", "[UIDVALIDITY]", "[UIDNEXT 0]",
        "[UIDNEXT 99999999999]", "[HIGHESTMODSEQ 0]",
        "[NOMODSEQ]", "[HIGHESTMODSEQ 99999999999999999999]",
    ])
    func `nought and nonsense are unknown`(code: String) throws {
        var session = try Self.session(selected: true)
        try Self.receive(&session, "* OK [HIGHESTMODSEQ 5]")
        let before = session.selected
        try Self.receive(&session, "* OK \(code) x")
        #expect(session.selected?.uidValidity == nil && session.selected?.uidNext == nil)
        if code.contains("MODSEQ") {
            #expect(before?.highestModSequence == 5 && session.selected?.highestModSequence == nil)
        }
    }

    @Test func `what came before CLOSED belonged to the mailbox before`() throws {
        var session = try Self.session(selected: true)
        try Self.receive(
            &session, "* 9 EXISTS", "* VANISHED 4", "* OK [UIDVALIDITY 5] x", "* OK [CLOSED] Previous mailbox closed.")
        #expect(session.selected == SelectedMailbox(name: .inbox))
        try Self.receive(&session, "* 2 EXISTS")
        #expect((session.selected?.exists, session.selected?.knowsExists) == (2, true))
    }

    /// A range may cover more than there is: `12:*`.
    @Test func `a mailbox never holds fewer messages than none`() throws {
        var session = try Self.session(selected: true)
        try Self.receive(&session, "* 3 EXISTS", "* VANISHED 12:*", "* 1 EXPUNGE")
        #expect(session.selected?.exists == 0)
    }

    /// Some servers say it every few minutes, so that the connection is not forgotten.
    @Test func `a number of messages that is the same as before is no news`() throws {
        var session = try Self.session(selected: true)
        try Self.receive(&session, "* 0 EXISTS", "* 0 EXISTS", "* 3 EXISTS", "* 3 EXISTS", "* 3 EXISTS")
        #expect((session.news, session.selected?.exists) == (2, 3))
        try Self.receive(&session, "* 1 EXPUNGE", "* 2 EXISTS", "* 3 EXISTS")
        #expect((session.news, session.selected?.exists) == (4, 3))
    }

    @Test func `a mailbox larger than any ends the connection`() throws {
        var session = try Self.session(selected: true)
        try Self.receive(&session, "* 10000000 EXISTS")
        #expect(throws: IMAPError.protocolViolation("a mailbox of 10000001 messages")) {
            try Self.receive(&session, "* 10000001 EXISTS")
        }
        try Self.receive(&session, "* VANISHED 1:*", "* VANISHED 1:*")
        #expect((session.selected?.exists, session.selected?.expungedWhileSelected) == (0, 10_000_000))
    }

    @Test(.timeLimit(.minutes(1))) func `vanished messages are told in a million lines`() throws {
        var session = try Self.session(selected: true)
        for uid in stride(from: UInt32(1_000_000), to: 0, by: -1) {
            try session.received(.vanished(UIDSet(uid...uid), isEarlier: true))
        }
        #expect(session.selected?.vanished == UIDSet(1...1_000_000))
    }

    @Test func `of more vanished messages than can be kept, none is told`() throws {
        var session = try Self.session(selected: true)
        let scattered = UIDSet(stride(from: 1, through: UInt32(2 * SelectedMailbox.vanishedLimit), by: 2))
        try session.received(.vanished(scattered, isEarlier: true))
        #expect(session.selected?.vanished == scattered)
        let others = UIDSet(stride(from: 4_000_001, through: UInt32(9_000_001), by: 2))
        try session.received(.vanished(others, isEarlier: true))
        #expect(session.selected?.vanished == UIDSet())
        try Self.receive(&session, "* VANISHED (EARLIER) 7")
        #expect(session.selected?.vanished == UIDSet())
    }

    @Test func `without a selected mailbox its news is only counted`() throws {
        var session = try Self.session()
        try Self.receive(
            &session, "* 3 EXISTS", "* 1 EXPUNGE", "* VANISHED 4", "* OK [UIDNEXT 3] x", "* STATUS x (MESSAGES 1)")
        #expect(session.selected == nil && session.news == 4)
        session.selecting(.inbox)
        session.deselected()
        #expect(session.selected == nil && session.state == .authenticated)
    }

    @Test func `a farewell and an overflow of notifications are kept`() throws {
        var session = try Self.session()
        try Self.receive(&session, "* OK [NOTIFICATIONOVERFLOW] too much", "* BYE shutting down")
        #expect(session.notificationsOverflowed)
        #expect((session.farewell, session.state) == ("shutting down", .loggedOut))
    }
}
