import Testing

@testable import IMAP

@Suite struct BodyStructureTests {
    private static func structure(_ text: String) throws -> BodyStructure {
        let message = try Wire.message("BODYSTRUCTURE \(text) UID 77")
        #expect(message.uid == 77)
        return try #require(message.bodyStructure)
    }

    private static func parameter(_ name: String, _ value: String) -> BodyStructure.Parameter {
        BodyStructure.Parameter(name: name, value: value.bytes)
    }

    @Test func `a text is read with all its fields`() throws {
        let part = try Self.structure(
            "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\" \"format\" flowed) \"<id@x>\" \"notes\" \"QUOTED-PRINTABLE\" 1152 23 \"md5\" "
                + "(\"INLINE\" (\"FILENAME\" \"a \\\"b\\\".txt\")) (\"EN\") \"loc\" (1 2))")
        #expect(
            (part.type, part.subtype, part.encoding, part.size, part.section) == (
                "text", "plain", "quoted-printable", 1152, "1"
            ))
        #expect(part.parameters == [Self.parameter("charset", "utf-8"), Self.parameter("format", "flowed")])
        #expect((String(part.contentID), part.disposition) == ("<id@x>", "inline"))
        #expect(part.dispositionParameters == [Self.parameter("filename", "a \"b\".txt")])
    }

    /// Of twelve elements, eleven come.
    @Test func `a disposition in the place of a left out MD5 is read`() throws {
        let part = try Self.structure(
            "(\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\" 9 (\"ATTACHMENT\" (\"FILENAME\" \"a.png\")) NIL NIL)")
        #expect((part.disposition, part.dispositionParameters) == ("attachment", [Self.parameter("filename", "a.png")]))
        let text = try Self.structure("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 9 1 (\"ATTACHMENT\" NIL) NIL)")
        #expect(text.disposition == "attachment")
    }

    @Test(arguments: [
        "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 9 1)", "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 9)",
        "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" \"9\" 1 NIL)",
        "(\"TEXT\" \"PLAIN\" \"\" \"\" \"\" \"7BIT\" 9 1 NIL NIL NIL NIL)",
        "( \"TEXT\"  \"PLAIN\" ()  NIL NIL \"7BIT\" 9 1 NIL )", "(text plain NIL NIL NIL 7bit 9 1)",
    ])
    func `a text is read whatever is left out at its end`(text: String) throws {
        let part = try Self.structure(text)
        #expect(
            (part.type, part.subtype, part.encoding, part.size, part.disposition) == ("text", "plain", "7bit", 9, nil))
        #expect(part.parameters.isEmpty)
    }

    @Test func `a size of NIL or below nought is unknown`() throws {
        #expect(try Self.structure("(\"TEXT\" \"PLAIN\" NIL NIL NIL NIL NIL 1)").size == nil)
        for size in ["99999999999999999999", "9223372036854775807", "4294967296", "\"4294967296\"", "\"-5\"", "\"+\""] {
            #expect(try Self.structure("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"\" \(size) 1)").size == nil, "\(size)")
        }
        #expect(try Self.structure("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"\" 4294967295 1)").size == 4_294_967_295)
    }

    @Test func `parts and parameters are read to their limits, and what follows them is read`() throws {
        let part = "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 9 1)"
        func count(_ part: BodyStructure) -> Int { part.children.reduce(1) { $0 + count($1) } }
        let wide = try Self.structure("(\(String(repeating: part, count: 5000)) \"MIXED\" (\"BOUNDARY\" \"x\"))")
        #expect((count(wide), wide.subtype, wide.parameters.count) == (BodyStructure.partLimit, "mixed", 1))
        let two = "(\(part)\(part) \"MIXED\")"
        let deep = try Self.structure("(\(String(repeating: two, count: 5000)) \"DIGEST\")")
        #expect(
            (BodyStructure.partLimit...BodyStructure.partLimit + 2).contains(count(deep)) && deep.subtype == "digest")
        let many = try Self.structure(
            "(\"TEXT\" \"PLAIN\" (\(String(repeating: "a b ", count: 5000))) NIL NIL \"7BIT\" 9 1)")
        #expect((many.parameters.count, many.size) == (BodyStructure.parameterLimit, 9))
    }

    @Test func `a multipart is read with its children and parameters`() throws {
        let whole = try Self.structure(
            "((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 9 1)(\"TEXT\" \"HTML\" NIL NIL NIL \"7BIT\" 9 1) \"ALTERNATIVE\" (\"BOUNDARY\" \"x\") "
                + "(\"INLINE\" NIL) NIL NIL)")
        #expect(
            (whole.type, whole.subtype, whole.section, whole.disposition) == ("multipart", "alternative", "", "inline"))
        #expect(whole.parameters == [Self.parameter("boundary", "x")])
        #expect(whole.children.map(\.subtype) == ["plain", "html"])
        #expect(try Self.structure("((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 9 1) \"MIXED\")").children.count == 1)
    }

    /// As Gmail describes them.
    @Test func `a multipart without parts is no reason to lose the others`() throws {
        let whole = try Self.structure(
            "((\"MIXED\" (\"BOUNDARY\" \"y\") NIL NIL)(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 9 1 NIL NIL NIL) \"MIXED\" (\"BOUNDARY\" \"x\") NIL NIL)"
        )
        #expect(whole.children.map(\.type) == ["multipart", "text"])
        #expect(
            (whole.children[0].subtype, whole.children[0].children.count, whole.children[1].section) == (
                "mixed", 0, "2"
            ))
    }

    @Test func `an embedded message is read, also without its envelope`() throws {
        let text = "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 9 1)"
        let part = try Self.structure(
            "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 500 (\"date\" \"sub\\\"ject\" NIL NIL NIL NIL NIL NIL NIL NIL) \(text) 12 NIL (\"ATTACHMENT\" NIL) NIL NIL)"
        )
        #expect(
            (String(part.embeddedSubject), part.children.map(\.subtype), part.disposition) == (
                "sub\"ject", ["plain"], "attachment"
            ))
        let bare = try Self.structure(
            "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 500 NIL (\"ATTACHMENT\" NIL) NIL NIL)")
        #expect((bare.embeddedSubject, bare.children, bare.disposition) == (nil, [], "attachment"))
        let report = try Self.structure("(\"MESSAGE\" \"DELIVERY-STATUS\" NIL NIL NIL \"7BIT\" 500 NIL NIL NIL)")
        #expect((report.subtype, report.children) == ("delivery-status", []))
    }

    @Test func `file names come in literals and in any octets`() throws {
        let head =
            "BODYSTRUCTURE (\"application\" \"pdf\" (\"name\" {5}\r\na\r\n)\") NIL NIL \"base64\" 9 NIL (\"attachment\" (\"filename\" \""
        let message = try Wire.message(head.bytes + [0xe9, 0, 0x2e] + "\")) NIL)".bytes)
        #expect(message.bodyStructure?.parameters.first?.value == "a\r\n)\"".bytes)
        #expect(message.bodyStructure?.dispositionParameters.first?.value == [0xe9, 0, 0x2e])
    }

    @Test func `nesting is read to its limit, and ten thousand deep costs the one message`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 9 1)"
                + String(repeating: " \"MIXED\")", count: depth)
        }
        func depth(_ part: BodyStructure) -> Int { 1 + (part.children.map(depth).max() ?? 0) }
        #expect(depth(try Self.structure(nested(59))) == 60)
        #expect(depth(try Self.structure(nested(100))) == 61)
        let responses = try Wire.responses(
            "* 1 FETCH (BODYSTRUCTURE \(nested(10_000)))\r\n* 2 FETCH (X \(String(repeating: "(", count: 10_000)))\r\n* 3 EXISTS\r\n"
        )
        guard responses.count == 3, case .exists(3) = responses[2] else {
            Issue.record("\(responses.count)")
            return
        }
        #expect(responses[0].isUnparsable && responses[1].isUnparsable)
    }
}
