import Mirror
import Testing

@testable import IMAP
@testable import IMAPProvider

@Suite struct HeaderFieldsTests {
    private static func fields(_ text: String) -> HeaderFields { HeaderFields(Array(text.utf8)) }

    private static func shown(_ addresses: [HeaderAddress]) -> [String] {
        addresses.map { String(decoding: $0.localPart + [0x40] + $0.domain, as: UTF8.self) }
    }

    @Test func `fields are read folded, in any case, and with any line ends`() {
        let fields = Self.fields(
            "SUBJECT :  one\r\n two\n\tthree\r\nX-Other: no\r\n no\r\nno colon\r\nmessage-ID:<a@b>")
        #expect(fields["subject"] == Array("one two\tthree".utf8))
        #expect(fields["message-id"] == Array("<a@b>".utf8))
        #expect(fields["x-other"].isEmpty && fields["date"].isEmpty)
    }

    @Test func `a field that stands twice continues a list of addresses`() {
        let fields = Self.fields("To: a@x.example\r\nCc: c@x.example\r\nTo: b@x.example,\r\n d@x.example\r\n")
        #expect(Self.shown(fields.addresses("to")) == ["a@x.example", "b@x.example", "d@x.example"])
        #expect(Self.shown(fields.addresses("cc")) == ["c@x.example"])
    }

    @Test func `a letter to three thousand people has three thousand recipients`() {
        let list = (1...3000).map { "p\($0)@x.example" }
        #expect(Self.shown(Self.fields("To: " + list.joined(separator: ",\r\n ")).addresses("to")) == list)
    }

    @Test(.timeLimit(.minutes(1))) func `a field that stands a million times is read to its limit`() {
        let repeated = Self.fields(String(repeating: "To: a@x\r\n", count: 1_000_000))
        #expect(repeated["to"].count == HeaderFields.fieldLimit)
        #expect(repeated.addresses("to").count == Envelope.addressLimit)
        let folded = Self.fields("To: a\r\n" + String(repeating: " b\r\n", count: 1_000_000) + "Cc: c@x\r\n")
        #expect(folded["to"].count == HeaderFields.fieldLimit)
        #expect(Self.shown(folded.addresses("cc")) == ["c@x"])
        // Whose names nobody has asked for.
        let others = Self.fields((0..<500_000).map { "x\($0): y\n" }.joined() + "Cc: c@x\n")
        #expect(Self.shown(others.addresses("cc")) == ["c@x"])
    }

    @Test func `header fields that the server does not give are no message without addresses`() {
        var message = FetchedMessage(sequenceNumber: 1, octets: 0)
        (message.uid, message.internalDate, message.size) = (7, 0, 10)
        message.absentSections = ["HEADER.FIELDS (FROM TO)"]
        #expect(Facts.factFromHeader(message, stableID: nil) == nil)
        message.sections["HEADER.FIELDS (FROM TO)"] = Array("\r\n".utf8)
        #expect(Facts.factFromHeader(message, stableID: nil)?.headers.hasNoAddress == true)
    }
}
