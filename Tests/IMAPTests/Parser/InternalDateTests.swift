import Testing

@testable import IMAP

@Suite struct InternalDateTests {
    @Test(
        arguments: [
            ("17-Jul-1996 02:44:25 -0700", 837_596_665), (" 7-Jul-1996 02:44:25 -0700", 836_732_665),
            ("7-Jul-1996 02:44:25 -0700", 836_732_665),
            ("01-Jan-1970 00:00:00 +0000", 0), ("31-DEC-1969 23:59:59 +0000", -1),
            ("29-Feb-2024 12:00:00 +0530", 1_709_188_200),
            ("01-Mar-2100 00:00:00 +0000", 4_107_542_400), ("1-Jan-2000 00:00:00", 946_684_800),
        ] as [(String, Int64)])
    func `a date is read in its zone`(text: String, seconds: Int64) throws {
        #expect(try Wire.message("INTERNALDATE \"\(text)\"").internalDate == seconds)
    }

    @Test(arguments: [
        "", "17-Jul-1996", "17-Foo-1996 02:44:25 -0700", "0-Jul-1996 02:44:25 -0700", "32-Jul-1996 02:44:25 +0000",
        "yesterday",
    ])
    func `what is no date is unknown`(text: String) throws {
        let message = try Wire.message("INTERNALDATE \"\(text)\" UID 4")
        #expect((message.internalDate, message.uid) == (nil, 4))
    }

    @Test func `no date at all is unknown`() throws {
        #expect(try Wire.message("INTERNALDATE NIL UID 4").uid == 4)
    }
}
