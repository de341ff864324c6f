import Testing

@testable import IMAP

@Suite struct FetchResponseTests {
    @Test func `the items are read in any order and case`() throws {
        let message = try Wire.message(
            "rfc822.size 4096 flags (\\Seen $Forwarded) Uid 12 modseq (9223372036854775807) EMAILID (M6d99ac3275bb4e)")
        #expect((message.sequenceNumber, message.uid, message.size) == (1, 12, 4096))
        #expect((message.modSequence, message.emailID) == (9_223_372_036_854_775_807, "M6d99ac3275bb4e"))
        #expect(message.absentSections.isEmpty && message.oversizedSections.isEmpty)
    }

    @Test func `what a server leaves out is unknown`() throws {
        let message = try Wire.message("FLAGS ()")
        #expect(message.uid == nil && message.envelope == nil && message.bodyStructure == nil && message.size == nil)
        #expect(
            message.internalDate == nil && message.sections.isEmpty && message.emailID == nil
                && message.modSequence == nil)
        #expect(try Wire.message("").uid == nil)
    }

    @Test func `items that nobody asked for are passed over`() throws {
        let message = try Wire.message(
            "X-GM-MSGID 1278455344230334865 X-GM-LABELS (\"\\\\Inbox\" \"a (b\" {3}\r\nx)y) BINARY[1] ~{4}\r\na\0)( THREADID NIL EMAILID NIL "
                + "PREVIEW \"x\" SAVEDATE NIL BODY (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1) RFC822.HEADER {0}\r\n UID 9"
        )
        #expect((message.uid, message.emailID, message.bodyStructure) == (9, nil, nil))
    }

    @Test func `texts come quoted, as literals and as binary literals`() throws {
        let message = try Wire.message(
            "BODY[1] \"a \\\"b\\\" \\\\c\" BODY[2]<0> {6}\r\n(\"\r\n{3 BODY[1.2.MIME] ~{3}\r\n\0\r\n BODY[3] {0}\r\n BODY[4] NIL BODY[5] \"\" UID 3"
        )
        #expect(message.uid == 3)
        #expect(
            message.sections.mapValues { String($0) } == [
                "1": "a \"b\" \\c", "2": "(\"\r\n{3", "1.2.MIME": "\0\r\n", "3": "", "5": "",
            ])
        // NIL is no text, and not an empty one.
        #expect(message.absentSections == ["4"])
    }

    @Test func `a section of header fields keeps its fields in its name`() throws {
        let message = try Wire.message("BODY[header.fields (references)] {14}\r\nReferences: <>BODY[] {1}\r\nx")
        #expect(message.sections["HEADER.FIELDS (REFERENCES)"].map { String($0) } == "References: <>")
        #expect(message.sections[""].map { String($0) } == "x")
    }

    @Test func `a UID of nought or of more than 32 bits is none`() throws {
        #expect(try Wire.message("UID 0").uid == nil)
        #expect(try Wire.message("UID 4294967296").uid == nil)
        #expect(try Wire.message("UID 4294967295").uid == nil)
        #expect(try Wire.message("UID 4294967294").uid == .max - 1)
        #expect(try Wire.message("RFC822.SIZE 5000000000").size == 5_000_000_000)
        #expect(try Wire.message("RFC822.SIZE 99999999999999999999 UID 1").size == nil)
        #expect(try Wire.message("RFC822.SIZE 9223372036854775807 UID 1").size == nil)
    }

    @Test func `header fields that a server says it has not are not an empty header`() throws {
        let message = try Wire.message("UID 7 BODY[HEADER.FIELDS (FROM TO)] NIL")
        #expect(message.sections.isEmpty && message.absentSections == ["HEADER.FIELDS (FROM TO)"])
    }

    @Test func `a message tells how long its response was`() throws {
        #expect(try Wire.message("UID 7").octets == "* 1 FETCH (UID 7)\r\n".utf8.count)
    }

    @Test(arguments: [
        "UID", "UID x", "UID 1 MODSEQ 5", "MODSEQ (1", "EMAILID (a", "BODY[1", "BODY[1]", "BODY[1]<0",
        "BODY[] {5}\r\nabc", "ENVELOPE (",
        "BODYSTRUCTURE (", "FLAGS (", "X (((", "\"", "BODY[] \"a\r\nb\"",
    ])
    func `an incomplete message is not understood`(items: String) throws {
        let responses = try Wire.responses("* 1 FETCH (\(items)\r\n")
        #expect(responses.allSatisfy { $0.isUnparsable })
    }
}
