import Testing

@testable import IMAP

@Suite struct SearchResponseTests {
    @Test(
        arguments: [
            ("* SEARCH", []), ("* SEARCH ", []), ("* SEARCH 2 84 882", [2, 84, 882]), ("* search 1  2 ", [1, 2]),
            ("* SEARCH 2 5 (MODSEQ 917162500)", [2, 5]), ("* SEARCH 4294967295 0", [UInt32.max, 0]),
        ] as [(String, [UInt32])])
    func `SEARCH tells UIDs`(line: String, uids: [UInt32]) throws {
        guard case .search(let found) = try Wire.response(line) else {
            Issue.record("not SEARCH")
            return
        }
        #expect(found == uids)
    }

    @Test(
        arguments: [
            ("* ESEARCH (TAG \"A282\") UID ALL 2,10:11 COUNT 3", "A282", "2,10:11", 3),
            ("* ESEARCH (TAG A7) UID COUNT 0", "A7", "", 0), ("* ESEARCH (TAG \"A1\") UID", "A1", "", nil),
            ("* ESEARCH", nil, "", nil),
            ("* ESEARCH UID ALL 1:3,2:7", nil, "1:7", nil),
            ("* esearch (tag \"a\") uid min 2 max 9 all 9,2 modseq 12", "a", "2,9", nil),
            ("* ESEARCH (TAG \"A1\") UID PARTIAL (1:500 3:9) ALL 3:9", "A1", "3:9", nil),
            ("* ESEARCH (TAG \"A1\" X (1 2)) UID ALL 17:4", "A1", "4:17", nil),
            ("* ESEARCH UID ALL 12:*", nil, "12:4294967295", nil),
        ] as [(String, String?, String, Int?)])
    func `ESEARCH tells ranges`(line: String, tag: String?, all: String, count: Int?) throws {
        guard case .extendedSearch(let foundTag, let found, let foundCount) = try Wire.response(line) else {
            Issue.record("not ESEARCH")
            return
        }
        #expect((foundTag, found.description, foundCount) == (tag, all, count))
    }

    /// Half an answer would make messages vanish.
    @Test(arguments: [
        "* SEARCH 1 x 3", "* SEARCH 1 4294967296", "* SEARCH 1 2,3", "* SEARCH 1 (MODSEQ",
        "* ESEARCH (TAG \"A1\" UID ALL 1", "* ESEARCH UID ALL",
        "* ESEARCH UID ALL 1:", "* ESEARCH UID ALL 0:3", "* ESEARCH UID ALL 2,0", "* ESEARCH UID ALL 1,99999999999",
        "* ESEARCH UID ALL NIL", "* VANISHED",
        "* VANISHED (EARLIER)",
        "* VANISHED 1:x", "* VANISHED 1:99999999999",
    ])
    func `an answer of which a part is not understood is not taken`(line: String) throws {
        #expect(try Wire.response(line).isUnparsable)
    }

    @Test(arguments: [
        ("* VANISHED (EARLIER) 41,43:116,118", "41,43:116,118", true), ("* VANISHED 405,407", "405,407", false),
        ("* VANISHED (EARLIER) 12:*", "12:4294967295", true), ("* vanished (earlier) 9:7", "7:9", true),
        ("* VANISHED *", "4294967295", false),
        ("* VANISHED 1:4294967295", "1:4294967295", false), ("* VANISHED 0,3", "3", false),
    ])
    func `VANISHED tells ranges`(line: String, uids: String, isEarlier: Bool) throws {
        guard case .vanished(let found, isEarlier) = try Wire.response(line) else {
            Issue.record("not VANISHED")
            return
        }
        #expect(found.description == uids)
    }
}
