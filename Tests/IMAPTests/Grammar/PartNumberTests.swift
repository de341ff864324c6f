import Testing

@testable import IMAP

/// How FETCH names the parts of a message (RFC 3501, section 6.4.5).
@Suite struct PartNumberTests {
    private static let envelope = "(NIL \"inner\" NIL NIL NIL NIL NIL NIL NIL NIL)"

    private static func single(_ type: String, _ subtype: String) -> String {
        type == "TEXT"
            ? "(\"TEXT\" \"\(subtype)\" NIL NIL NIL \"7BIT\" 5 1)"
            : "(\"\(type)\" \"\(subtype)\" NIL NIL NIL \"BASE64\" 5)"
    }

    private static func message(_ body: String) -> String {
        "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 100 \(envelope) \(body) 12)"
    }

    private static func numbers(_ structure: String) throws -> [String] {
        func list(_ part: BodyStructure) -> [String] {
            ["\(part.section) \(part.type)/\(part.subtype)"] + part.children.flatMap(list)
        }
        return list(try #require(try Wire.message("BODYSTRUCTURE " + structure).bodyStructure))
    }

    @Test func `the example of RFC 3501 is numbered as there`() throws {
        let (plain, stream) = (Self.single("TEXT", "PLAIN"), Self.single("APPLICATION", "OCTET-STREAM"))
        let third = Self.message("(\(plain)\(stream) \"MIXED\")")
        let alternative = "(\(plain)\(Self.single("TEXT", "RICHTEXT")) \"ALTERNATIVE\")"
        let inner = Self.message("(\(plain)\(alternative) \"MIXED\")")
        let fourth = "(\(Self.single("IMAGE", "GIF"))\(inner) \"MIXED\")"
        #expect(
            try Self.numbers("(\(plain)\(stream)\(third)\(fourth) \"MIXED\")") == [
                " multipart/mixed", "1 text/plain", "2 application/octet-stream", "3 message/rfc822",
                " multipart/mixed", "3.1 text/plain",
                "3.2 application/octet-stream", "4 multipart/mixed", "4.1 image/gif", "4.2 message/rfc822",
                " multipart/mixed",
                "4.2.1 text/plain", "4.2.2 multipart/alternative", "4.2.2.1 text/plain", "4.2.2.2 text/richtext",
            ])
    }

    @Test func `a message of one part has number 1`() throws {
        #expect(try Self.numbers(Self.single("TEXT", "PLAIN")) == ["1 text/plain"])
    }

    @Test func `an embedded message of one part has its part as number 1`() throws {
        #expect(
            try Self.numbers("(\(Self.single("TEXT", "PLAIN"))\(Self.message(Self.single("TEXT", "HTML"))) \"MIXED\")")
                == [
                    " multipart/mixed", "1 text/plain", "2 message/rfc822", "2.1 text/html",
                ])
        #expect(try Self.numbers(Self.message(Self.single("TEXT", "HTML"))) == ["1 message/rfc822", "1.1 text/html"])
    }

    @Test func `a message in a message in a message goes on counting`() throws {
        #expect(
            try Self.numbers(Self.message(Self.message(Self.single("TEXT", "PLAIN")))) == [
                "1 message/rfc822", "1.1 message/rfc822", "1.1.1 text/plain",
            ])
    }
}
