import Testing

@testable import IMAP

@Suite struct MailboxResponseTests {
    private static func listing(_ line: [UInt8]) throws -> MailboxListing? {
        if case .list(let listing) = try Wire.response(line) { listing } else { nil }
    }

    @Test(
        arguments: [
            ("* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent Items\"", "Sent Items", ["\\hasnochildren", "\\sent"], "/"),
            ("* LIST (\\HasChildren) \".\" INBOX", "INBOX", ["\\haschildren"], "."),
            ("* LIST () NIL \"\"", "", [], nil),
            ("* LIST ( \\Marked ) \"\\\\\" \"a\\\\b \\\"c\\\"\"", "a\\b \"c\"", ["\\marked"], "\\"),
            ("* LIST (\\Noselect) \"/\" [Gmail]", "[Gmail]", ["\\noselect"], "/"),
            ("* LIST () \"/\" [Gmail]/All", "[Gmail]/All", [], "/"), ("* LIST () \"/\" NIL", "NIL", [], "/"),
            ("* LIST () \"/\" {7}\r\nKunden&", "Kunden&", [], "/"),
            ("* LIST () \"/\" \"x\" (\"CHILDINFO\" (\"SUBSCRIBED\"))", "x", [], "/"),
            ("* XLIST (\\AllMail) \"/\" \"x\"", "x", ["\\allmail"], "/"), ("* LSUB () \"/\" x", "x", [], "/"),
            ("* list (\\UnMarked) \"/\" x", "x", ["\\unmarked"], "/"),
        ] as [(String, String, Set<String>, String?)])
    func `a mailbox is read in all ways of writing it`(
        line: String, name: String, attributes: Set<String>, delimiter: String?
    ) throws {
        let listing = try #require(try Self.listing(line.bytes))
        #expect(listing.name == MailboxName(bytes: name.bytes))
        #expect(listing.attributes == attributes)
        #expect(listing.delimiter == delimiter?.utf8.first)
    }

    @Test func `octets of a name that are no UTF-8 stay as they are, quoted or not`() throws {
        let name: [UInt8] = [0x47, 0x65, 0x6c, 0xf6, 0x73, 0x63, 0x68, 0x74]
        #expect(try Self.listing("* LIST () \"/\" ".bytes + name)?.name.bytes == name)
        #expect(try Self.listing("* LIST () \"/\" \"".bytes + name + "\"".bytes)?.name.bytes == name)
        guard
            case .mailboxStatus(let found, let data) = try Wire.response(
                "* STATUS ".bytes + name + " (MESSAGES 2)".bytes)
        else {
            Issue.record("not STATUS")
            return
        }
        #expect((found.bytes, data.messages) == (name, 2))
    }

    /// Its last octets look like the announcement of another literal.
    @Test func `a name in a literal may end in braces`() throws {
        let responses = try Wire.responses("* LIST () \"/\" {4}\r\na{9}\r\n* 1 EXISTS\r\n")
        guard responses.count == 2, case .list(let listing) = responses[0], case .exists(1) = responses[1] else {
            Issue.record("\(responses)")
            return
        }
        #expect(String(listing.name.bytes) == "a{9}")
    }

    @Test func `a mailbox that does not exist cannot be opened`() throws {
        #expect(try Self.listing("* LIST (\\NonExistent) \"/\" x".bytes)?.isSelectable == false)
        #expect(try Self.listing("* LIST (\\noselect) \"/\" x".bytes)?.isSelectable == false)
        #expect(try Self.listing("* LIST (\\HasChildren) \"/\" x".bytes)?.isSelectable == true)
    }

    @Test(arguments: [
        "* LIST", "* LIST (", "* LIST (\\A", "* LIST ()", "* LIST () \"/", "* LIST () \"/\"", "* LIST \"/\" x",
        "* LIST () \"/\" \"x",
        "* STATUS x", "* STATUS x (", "* STATUS x (MESSAGES", "* STATUS x (MESSAGES many)", "* STATUS x (MESSAGES 3",
        "* NAMESPACE ((",
        "* NAMESPACE ((\"\" \"/\")", "* NAMESPACE x",
    ])
    func `an incomplete response is not understood`(line: String) throws {
        #expect(try Wire.response(line).isUnparsable)
    }

    @Test func `a status is read, with noughts and too large numbers as unknown`() throws {
        func data(_ items: String) throws -> MailboxStatusData? {
            if case .mailboxStatus(_, let data) = try Wire.response("* STATUS \"x y\" (\(items))") { data } else { nil }
        }
        var expected = MailboxStatusData()
        expected.messages = 231
        expected.uidNext = 44292
        expected.uidValidity = 7
        expected.highestModSequence = 9_223_372_036_854_775_807
        #expect(try data("MESSAGES 231 UIDNEXT 44292 UIDVALIDITY 7 HIGHESTMODSEQ 9223372036854775807") == expected)
        #expect(
            try data(
                "messages 231 unseen 4 uidnext 44292 mailboxid (F2212ea87) uidvalidity 7 highestmodseq 9223372036854775807 "
            ) == expected)
        expected = MailboxStatusData()
        expected.messages = 0
        #expect(try data("MESSAGES 0 UIDNEXT 0 UIDVALIDITY 0 HIGHESTMODSEQ 0") == expected)
        #expect(
            try data("MESSAGES 0 UIDNEXT 99999999999 UIDVALIDITY 4294967296 HIGHESTMODSEQ 99999999999999999999")
                == expected)
        #expect(try data("") == MailboxStatusData())
    }

    @Test func `namespaces of others are told from one's own`() throws {
        func namespace(_ text: String) throws -> [[String]] {
            guard case .namespace(let found) = try Wire.response("* NAMESPACE " + text) else { return [] }
            return [found.others.map { String($0) }, found.shared.map { String($0) }]
        }
        #expect(try namespace("((\"INBOX.\" \".\")) NIL NIL") == [[], []])
        #expect(
            try namespace(
                "((\"\" \"/\")) ((\"~\" \"/\")) ((\"#shared/\" \"/\")(\"#public/\" \"/\" \"X-PARAM\" (\"FLAG1\" \"FLAG2\")))"
            )
                == [["~"], ["#shared/", "#public/"]])
        #expect(try namespace("((\"\" NIL)) NIL ((\"Public\" NIL))") == [[], ["Public"]])
    }
}
