import Testing

@testable import IMAP

@Suite struct EnvelopeTests {
    private static func envelope(_ text: String) throws -> Envelope? { try Wire.message("ENVELOPE " + text).envelope }

    private static func address(_ name: String?, _ mailbox: String, _ host: String) -> EnvelopeAddress {
        EnvelopeAddress(name: name?.bytes, mailbox: mailbox.bytes, host: host.bytes)
    }

    /// The example of RFC 3501, section 7.4.2.
    @Test func `the example of RFC 3501 is read`() throws {
        let envelope = try #require(
            try Self.envelope(
                "(\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"IMAP4rev1 WG mtg summary and minutes\" "
                    + "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) ((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) "
                    + "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) ((NIL NIL \"imap\" \"cac.washington.edu\")) "
                    + "((NIL NIL \"minutes\" \"CNRI.Reston.VA.US\")(\"John Klensin\" NIL \"KLENSIN\" \"MIT.EDU\")) NIL NIL "
                    + "\"<B27397-0100000@cac.washington.edu>\")"))
        let gray = Self.address("Terry Gray", "gray", "cac.washington.edu")
        #expect(String(envelope.date) == "Wed, 17 Jul 1996 02:23:25 -0700 (PDT)")
        #expect(String(envelope.subject) == "IMAP4rev1 WG mtg summary and minutes")
        #expect(envelope.from == [gray] && envelope.sender == [gray] && envelope.replyTo == [gray])
        #expect(envelope.to == [Self.address(nil, "imap", "cac.washington.edu")])
        #expect(
            envelope.cc == [
                Self.address(nil, "minutes", "CNRI.Reston.VA.US"), Self.address("John Klensin", "KLENSIN", "MIT.EDU"),
            ])
        #expect(envelope.bcc.isEmpty && envelope.inReplyTo.isEmpty)
        #expect(String(envelope.messageID) == "<B27397-0100000@cac.washington.edu>")
    }

    @Test func `a Sender that begins as From does is read as it is`() throws {
        let one = #"("A" NIL "a" "x.test")"#
        let two = "(\"B\" NIL {1}\r\nb \"x.test\")"
        let envelope = try #require(
            try Self.envelope("(NIL NIL (\(one)) (\(one)\(two)) (\(one)) (\(one)) NIL NIL NIL NIL)"))
        let (a, b) = (Self.address("A", "a", "x.test"), Self.address("B", "b", "x.test"))
        #expect(envelope.from == [a] && envelope.sender == [a, b] && envelope.replyTo == [a] && envelope.to == [a])
    }

    @Test func `nothing is known of an envelope of NIL`() throws {
        #expect(try Self.envelope("(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)") == Envelope())
        #expect(try Self.envelope("(\"\" \"\" \"\" \"\" NIL () (NIL) \"\" \"\" \"\")") == Envelope())
        #expect(try Self.envelope("NIL") == nil)
    }

    @Test func `the markers of a group are left out, its members are not`() throws {
        let to =
            "((NIL NIL \"Team\" NIL)(NIL NIL \"a\" \"x.test\")(\"B\" NIL \"b\" \"x.test\")(NIL NIL NIL NIL)(NIL NIL \"c\" \"x.test\"))"
        let envelope = try Self.envelope(
            "(NIL NIL NIL NIL NIL \(to) ((NIL NIL \"undisclosed-recipients\" NIL)(NIL NIL NIL NIL)) NIL NIL NIL)")
        #expect(
            envelope?.to == [
                Self.address(nil, "a", "x.test"), Self.address("B", "b", "x.test"), Self.address(nil, "c", "x.test"),
            ])
        #expect(envelope?.cc == [])
    }

    @Test func `strings come as literals, escaped, unquoted and in any octets`() throws {
        let message = try Wire.message(
            "ENVELOPE (NIL {8}\r\n\"a\" (\r\n) ((\"Doe, \\\"J\\\\R\\\"\" NIL jd \"x.test\")) NIL NIL ((\"".bytes + [
                0xfc, 0x80, 0xff,
            ]
                + "\" NIL \"u\" \"x.test\")) NIL NIL NIL <a@b>)".bytes)
        let envelope = try #require(message.envelope)
        #expect(String(envelope.subject) == "\"a\" (\r\n)")
        #expect(envelope.from == [Self.address("Doe, \"J\\R\"", "jd", "x.test")])
        #expect(envelope.to.first?.name == [0xfc, 0x80, 0xff])
        #expect(String(envelope.messageID) == "<a@b>")
    }

    @Test(arguments: [
        "()", "(NIL)", "(NIL NIL NIL NIL NIL NIL NIL NIL NIL)",
        "(NIL NIL (NIL NIL \"a\" \"b\") NIL NIL NIL NIL NIL NIL NIL)",
    ])
    func `an envelope that lacks fields is not guessed at`(text: String) throws {
        #expect(try Wire.response("* 1 FETCH (UID 5 ENVELOPE \(text))").isUnparsable)
    }
}
