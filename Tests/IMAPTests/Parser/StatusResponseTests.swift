import Testing

@testable import IMAP

@Suite struct StatusResponseTests {
    private static func status(_ line: String) throws -> StatusResponse? {
        switch try Wire.response(line) {
        case .status(let status), .tagged(_, let status): status
        default: nil
        }
    }

    @Test(arguments: [
        ("* OK Dovecot ready.", ResponseStatus.ok, nil as ResponseCode?, "Dovecot ready."),
        (
            "* PREAUTH [CAPABILITY IMAP4rev1 IDLE] welcome", .preauth,
            ResponseCode(name: "CAPABILITY", argument: "IMAP4rev1 IDLE"), "welcome"
        ),
        ("* BYE Autologout; idle for too long", .bye, nil, "Autologout; idle for too long"),
        ("A7 no [authenticationfailed] no", .no, ResponseCode(name: "AUTHENTICATIONFAILED", argument: ""), "no"),
        ("A7 BAD Error in IMAP command", .bad, nil, "Error in IMAP command"),
        (
            "* OK [PERMANENTFLAGS (\\Seen \\*)] Limited", .ok,
            ResponseCode(name: "PERMANENTFLAGS", argument: "(\\Seen \\*)"), "Limited"
        ),
        ("* OK [CLOSED]", .ok, ResponseCode(name: "CLOSED", argument: ""), ""), ("* OK", .ok, nil, ""),
        ("A1 OK [", .ok, nil, "["),
        ("A1 OK []x", .ok, nil, "x"), ("* OK Grüße", .ok, nil, "Grüße"),
    ])
    func `a status is read with its code and text`(
        line: String, status: ResponseStatus, code: ResponseCode?, text: String
    ) throws {
        let read = try #require(try Self.status(line))
        #expect((read.status, read.code, read.text) == (status, code, text))
    }

    @Test func `a tag is told from an untagged response`() throws {
        guard case .tagged("A12", let status) = try Wire.response("A12 OK done") else {
            Issue.record("not tagged")
            return
        }
        #expect(status.text == "done")
    }

    @Test(arguments: [
        ("+ idling", "idling"), ("+", ""), ("+ ", ""), ("+ VXNlciBOYW1lAA==", "VXNlciBOYW1lAA=="), ("+OK", "OK"),
    ])
    func `a continuation is read with its text`(line: String, text: String) throws {
        guard case .continuation(text) = try Wire.response(line) else {
            Issue.record("\(line)")
            return
        }
    }

    @Test func `capabilities are the same in any case`() throws {
        guard case .capability(let list) = try Wire.response("* CAPABILITY imap4rev1 Idle AUTH=PLAIN") else {
            Issue.record("not CAPABILITY")
            return
        }
        #expect(list == ["IMAP4REV1", .idle, "auth=plain"])
        guard case .enabled([.qresync, .utf8Accept]) = try Wire.response("* ENABLED QRESYNC UTF8=ACCEPT") else {
            Issue.record("not ENABLED")
            return
        }
        guard case .enabled([]) = try Wire.response("* ENABLED") else {
            Issue.record("not ENABLED")
            return
        }
    }

    /// A server seen to do so fills up its packets.
    @Test func `NUL in front of a response is passed over`() throws {
        guard case .exists(3) = try Wire.response([0, 0, 0] + "* 3 EXISTS".bytes) else {
            Issue.record("not EXISTS")
            return
        }
    }

    @Test(arguments: ["", "\0", "A1", "A1 MAYBE", "HTTP/1.1 400 Bad Request", "220 mail ESMTP", " "])
    func `what is no response is not taken for one`(line: String) throws {
        #expect(try Wire.response(line).isUnparsable)
    }

    @Test func `numbers of messages are read, and too large ones are no noughts`() throws {
        guard case .exists(23) = try Wire.response("* 23 EXISTS"), case .expunge(4) = try Wire.response("* 4 expunge"),
            case .other = try Wire.response("* 1 RECENT"),
            case .exists(4_294_967_295) = try Wire.response("* 4294967295 EXISTS")
        else {
            Issue.record("not as sent")
            return
        }
        #expect(try Wire.response("* 4294967296 EXISTS").isUnparsable)
        #expect(try Wire.response("* 99999999999999999999999 EXPUNGE").isUnparsable)
    }
}
