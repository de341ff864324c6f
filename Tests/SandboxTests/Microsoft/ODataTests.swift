import Foundation
import Testing

@testable import Sandbox

@Suite
struct `OData and the keyword language` {
    @Test(arguments: [
        ("me/mailFolders('inbox')/messages/delta()", ["me", "mailFolders", "inbox", "messages", "delta"]),
        ("me/mailFolders/AAMk%3D/messages/microsoft.graph.delta", ["me", "mailFolders", "AAMk=", "messages", "delta"]),
        ("users('o''hara@x.example')/messages/$count", ["users", "o'hara@x.example", "messages", "$count"]),
        ("//me/", ["me"]),
    ])
    func `a path reads the same with keys in parentheses and in segments`(text: String, segments: [String]) {
        #expect(ODataPath(text).segments == segments)
    }

    private let item: JSONValue = [
        "subject": "It's here", "isRead": false, "size": 12, "when": "2026-11-28T09:00:00Z", "none": .null,
        "from": ["emailAddress": ["address": "carl@customer.example"]], "categories": ["Red", "Blue"],
        "to": [
            ["emailAddress": ["address": "anna@contoso.example"]], ["emailAddress": ["address": "ben@contoso.example"]],
        ],
    ]

    @Test(arguments: [
        ("subject eq 'It''s here'", true), ("subject eq 'IT''S HERE'", true), ("subject ne 'x'", true),
        ("isRead eq false", true), ("isRead", nil), ("size ge 12 and size lt 13", true), ("size gt 12", false),
        ("when ge 2026-11-28T08:59:59.5Z", true), ("when lt 2026-11-28T10:00:00+01:00", false), ("none eq null", true),
        ("from/emailAddress/address eq 'CARL@customer.example'", true), ("contains(subject,'HERE')", true),
        ("startswith(subject, 'It') eq true", true), ("endswith(subject,'It')", false),
        ("not (isRead eq true) and (size eq 1 or size eq 12)", true),
        ("size eq 1 or size eq 12 and isRead eq true", false),
        ("to/any(t:t/emailAddress/address eq 'ben@contoso.example')", true), ("categories/any(c:c eq 'green')", false),
        ("to/any(t:t/emailAddress/address eq 'ben@contoso.example' and size eq 12)", true),
        ("subject eq 'open", nil), ("subject eq", nil), ("and", nil), ("(size eq 1", nil), ("size eq 1)", nil),
        ("", nil),
    ])
    func `a filter holds, does not hold, or is refused`(text: String, holds: Bool?) throws {
        guard let filter = try? ODataFilter(text) else {
            #expect(holds == nil)
            return
        }
        #expect(try filter.matches { item[$0] ?? .null } == holds)
    }

    @Test func `nesting that would exhaust the stack is refused`() {
        let deep = 10_000
        for text in [
            String(repeating: "(", count: deep) + "size eq 1", String(repeating: "not ", count: deep) + "size eq 1",
        ] {
            #expect(throws: GraphError.self) { try ODataFilter(text) }
        }
    }

    @Test func `expansions keep what is in their parentheses`() {
        let query = ODataQuery("$expand=attachments,singleValueExtendedProperties($filter=id%20eq%20'a(b),c')")
        #expect(query.expansions.map(\.name) == ["attachments", "singleValueExtendedProperties"])
        #expect(query.expansions.map(\.options) == ["", "$filter=id eq 'a(b),c'"])
    }

    @Test func `preferences are read one by one and several in a line`() {
        let read = Preferences(
            "IdType=\"ImmutableId\", outlook.body-content-type=\"text\",odata.maxpagesize=50, wait=3")
        #expect(read.wantsImmutableIDs && read.wantsText)
        #expect(read.pageSize == 50)
        #expect(read.applied == "IdType=\"ImmutableId\", outlook.body-content-type=\"text\", odata.maxpagesize=50")
        #expect(Preferences(nil).applied == nil)
    }

    @Test(arguments: [
        ("\"from:carl AND NOT subject:offer\"", true), ("\"subject:offer\"", false), ("here", true),
        ("\"colour:red\"", nil), ("\"from:carl OR\"", nil), ("\"\"", nil), ("\"body:\\\"so it is\\\"\"", true),
    ])
    func `a search holds, does not hold, or is refused`(text: String, holds: Bool?) throws {
        let letter = MailboxLetter(
            messageID: "<1@x>", subject: "It is here", from: MailboxAddress("carl@customer.example"),
            sent: .distantPast,
            text: "Well, so it is.")
        let found = try? KeywordQuery(text).matches(letter)
        #expect(found == holds)
        if holds == nil { #expect(throws: GraphError.self) { try KeywordQuery(text) } }
    }

    @Test(arguments: [nil, 0, 1, 4_000_000] as [Int?])
    func `ids of both formats read back, and others do not`(moves: Int?) {
        let id = GraphID(.message, mailbox: 3, number: 123_456, moves: moves)
        #expect(GraphID(id.text) == id)
        #expect(GraphID(String(id.text.dropLast())) == nil)
        #expect(GraphID("A" + id.text) == nil)
    }

    @Test(arguments: [
        ("2026-11-28T09:00:00Z", 1_795_856_400.0), ("2026-11-28T10:00:00.1234567+01:00", 1_795_856_400.123_456_7),
        ("2026-11-28T09:00:00", nil), ("yesterday", nil), ("2026-11-28T09:00:00.Z", nil),
    ])
    func `times are read with and without fractions`(text: String, seconds: Double?) {
        let read = GraphTime.date(text)?.timeIntervalSince1970
        #expect((read == nil) == (seconds == nil))
        if let read, let seconds { #expect(abs(read - seconds) < 0.001) }
    }
}
