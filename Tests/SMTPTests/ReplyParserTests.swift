import Testing

@testable import SMTP

private func parse(_ pieces: [ArraySlice<UInt8>]) throws -> [SMTPReply] {
    var parser = ReplyParser()
    var replies: [SMTPReply] = []
    for piece in pieces {
        parser.append(piece)
        while let reply = try parser.next() { replies.append(reply) }
    }
    return replies
}

private func parse(_ text: String) throws -> [SMTPReply] { try parse([Array(text.utf8)[...]]) }

@Suite struct ReplyParserTests {
    @Test(arguments: [
        ("220 mail.example.test ESMTP\r\n", 220, ["mail.example.test ESMTP"]),
        (
            "250-mail.example.test\r\n250-SIZE 100\r\n250 STARTTLS\r\n", 250,
            ["mail.example.test", "SIZE 100", "STARTTLS"]
        ),
        ("250\r\n", 250, [""]),
        ("250-\r\n250 \r\n", 250, ["", ""]),
        ("221 bare line feed\n", 221, ["bare line feed"]),
        ("334 VXNlcm5hbWU6\r\n", 334, ["VXNlcm5hbWU6"]),
        ("220 Grüße\r\n", 220, ["Grüße"]),
        ("220 a\u{1B}[2Jb\tc\r\n", 220, ["a\u{FFFD}[2Jb\tc"]),
    ])
    func `a reply is read`(text: String, code: Int, lines: [String]) throws {
        let replies = try parse(text)
        #expect(replies.map(\.code) == [code])
        #expect(replies.first?.lines == lines)
    }

    @Test func `octets that are not UTF-8 do not hide the code`() throws {
        let replies = try parse([Array("220 ".utf8) + [0xFF, 0x41] + Array("\r\n".utf8)].map { $0[...] })
        #expect(replies.first?.lines == ["\u{FFFD}A"])
    }

    @Test func `replies are the same however they are split`() throws {
        let bytes = Array("220-one\r\n220 two\r\n250-5.0.0 a\n250 5.0.0 b\r\n354\r\n".utf8)
        let whole = try parse([bytes[...]])
        #expect(whole.map(\.code) == [220, 250, 354])
        for first in 0...bytes.count {
            for second in first...bytes.count {
                #expect(try parse([bytes[..<first], bytes[first..<second], bytes[second...]]) == whole)
            }
        }
        #expect(try parse(bytes.indices.map { bytes[$0...$0] }) == whole)
    }

    @Test func `an unfinished reply is waited for`() throws {
        var parser = ReplyParser()
        #expect(parser.isEmpty)
        for piece in ["2", "50-a\r", "\n", "250 b\r"] {
            parser.append(piece.utf8)
            #expect(try parser.next() == nil)
            #expect(!parser.isEmpty)
        }
        parser.append("\n".utf8)
        #expect(try parser.next()?.lines == ["a", "b"])
        #expect(parser.isEmpty)
    }

    @Test(arguments: [
        "* OK IMAP4rev1 ready\r\n", "HTTP/1.1 400 Bad Request\r\n", "+OK POP3\r\n", "SSH-2.0-OpenSSH\r\n", "\r\n",
        "25\r\n",
        "2500\r\n", "250_x\r\n", "199 x\r\n", "600 x\r\n", " 250 x\r\n", "\u{0}\u{0}\u{0}\r\n", "٢٥٠ x\r\n",
    ])
    func `a line that is no reply is refused`(text: String) {
        let error = #expect(throws: ProtocolViolation.self) { try parse(text) }
        guard case .notAReply = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `lines with different codes are not one reply`() {
        #expect(throws: ProtocolViolation.mixedCodes(250, 550)) { try parse("250-a\r\n550 b\r\n") }
    }

    @Test func `a line may have 4096 octets and not one more`() throws {
        let longest = "220 " + String(repeating: "x", count: ReplyParser.maximumLineLength - 6) + "\r\n"
        #expect(longest.utf8.count == 4096)
        #expect(try parse(longest).count == 1)
        #expect(throws: ProtocolViolation.lineTooLong) { try parse("x" + longest) }
    }

    @Test func `a line without an end is given up at the limit`() throws {
        var parser = ReplyParser()
        for _ in 1..<ReplyParser.maximumLineLength {
            parser.append([0x32])
            #expect(try parser.next() == nil)
        }
        parser.append([0x32])
        #expect(throws: ProtocolViolation.lineTooLong) { try parser.next() }
    }

    @Test func `a reply may have 100 lines and not one more`() throws {
        let many = String(repeating: "250-x\r\n", count: 99)
        #expect(try parse(many + "250 y\r\n").first?.lines.count == 100)
        #expect(throws: ProtocolViolation.tooManyLines) { try parse(many + "250-x\r\n") }
    }
}

@Suite struct SMTPReplyTests {
    @Test func `the enhanced code is taken off each line of the text`() throws {
        let reply = try #require(SMTPReply(code: 535, lines: ["5.7.8 Username and Password", "5.7.8 not accepted."]))
        #expect(reply.enhanced == .authenticationCredentialsInvalid)
        #expect(reply.text == "Username and Password not accepted.")
        #expect(reply.kind == .permanentNegative)
    }

    @Test(arguments: [
        "Error: 5.7.8", "4.7.8 temporary", "5.7 short", "5.7.8.9 long", "5.07.8 zero", "2024.01.02 date", "",
    ])
    func `a text that only looks like an enhanced code is left alone`(line: String) throws {
        let reply = try #require(SMTPReply(code: 535, lines: [line]))
        #expect(reply.enhanced == nil)
        #expect(reply.text == line)
    }

    @Test func `a code outside 200 to 599 is no reply`() {
        #expect(SMTPReply(code: 199, lines: ["x"]) == nil)
        #expect(SMTPReply(code: 600, lines: ["x"]) == nil)
        #expect(SMTPReply(code: 250, lines: []) == nil)
    }

    @Test func `an enhanced code reads back as it is written`() throws {
        for subject in [0, 7, 10, 999] {
            for detail in [0, 8, 139, 999] {
                for kind in [EnhancedStatusCode.Class.success, .persistentTransientFailure, .permanentFailure] {
                    let code = try #require(EnhancedStatusCode(kind, subject, detail))
                    #expect(EnhancedStatusCode(code.description) == code)
                }
            }
        }
        #expect(EnhancedStatusCode("3.0.0") == nil)
        #expect(EnhancedStatusCode("5.1000.0") == nil)
        #expect(EnhancedStatusCode("5.-1.0") == nil)
        #expect(EnhancedStatusCode(.success, 1000, 0) == nil)
    }
}

@Suite struct ServiceExtensionsTests {
    private func extensions(_ lines: String...) throws -> ServiceExtensions {
        ServiceExtensions(try #require(SMTPReply(code: 250, lines: ["mail.example.test"] + lines)))
    }

    @Test func `keywords and their parameters are read in any case`() throws {
        let offered = try extensions("size 35882577", "StartTLS", "auth Plain LOGIN", "")
        #expect(offered.offersStartTLS)
        #expect(offered.authenticationMechanisms == ["PLAIN", "LOGIN"])
        #expect(offered.parameters["SIZE"] == ["35882577"])
        #expect(offered.parameters.count == 3)
    }

    @Test func `the server's name is not an extension`() throws {
        let reply = try #require(SMTPReply(code: 250, lines: ["STARTTLS"]))
        #expect(ServiceExtensions(reply) == .none)
    }

    @Test func `the old spelling of AUTH adds to the new one`() throws {
        #expect(try extensions("AUTH=LOGIN PLAIN").authenticationMechanisms == ["LOGIN", "PLAIN"])
        #expect(
            try extensions("AUTH XOAUTH2 LOGIN", "AUTH=LOGIN PLAIN").authenticationMechanisms == [
                "XOAUTH2", "LOGIN", "PLAIN",
            ])
    }

    @Test func `no AUTH and an empty AUTH are told apart`() throws {
        #expect(try extensions("SIZE").authenticationMechanisms == nil)
        #expect(try extensions("AUTH").authenticationMechanisms == [])
    }
}
