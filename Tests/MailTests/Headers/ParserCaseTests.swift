import Testing

@testable import Mail

/// The cases are another parser's, so where ours reads a broken field in another way on purpose the reading stands
/// here.
@Suite(.enabled(if: SharedMaterial.isExpected, SharedMaterial.absence))
struct ParserCaseTests {
    @Test func `texts are decoded`() throws {
        let ours = [
            // A space is not put between a word and what stands directly beside it: file names are split that way, too.
            "[SUSPECTED SPAM] This is the original subject": "[SUSPECTED SPAM]This is the original subject",
            "Some text  here": "Some text here",
        ]
        let cases: [ParserCases.Case<String>] = try ParserCases.load("unstructured.json")
        #expect(cases.count == 30)
        for item in cases {
            let expected = item.expected ?? ""
            #expect(HeaderText.decode(item.field) == ours[expected] ?? expected)
        }
    }

    @Test func `message ids are read`() throws {
        let cases: [ParserCases.Case<[String]>] = try ParserCases.load("id.json")
        #expect(cases.count == 11)
        for item in cases {
            // Blanks and comments within an id do not count.
            let expected = (item.expected ?? []).map { $0.hasPrefix("1234 ") ? "1234@local.machine.example" : $0 }
            #expect(MessageIDList.parse(item.field) == expected, "\(item.header)")
        }
    }

    private struct WrittenDate: Decodable {
        let year, month, day, hour, minute, second: Int
        let tz_before_gmt: Bool
        let tz_hour, tz_minute: Int

        var date: MailDate? {
            let offset = (tz_hour * 60 + tz_minute) * (tz_before_gmt ? -1 : 1)
            return MailDate(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second, offsetMinutes: offset)
        }
    }

    @Test func `dates are read`() throws {
        let cases: [ParserCases.Case<WrittenDate>] = try ParserCases.load("date.json")
        #expect(cases.count == 40)
        for item in cases {
            // Six bare numbers are no date.
            let expected = item.header.hasPrefix(" 4 8 15") ? nil : item.expected?.date
            // A comment that the end of a line closes is one here: the field is unfolded by then.
            guard !item.header.contains("((invalid)") else { continue }
            #expect(MailDate.parse(Array(item.header.utf8)) == expected, "\(item.header)")
        }
    }

    private struct Addresses: Decodable {
        struct Mailbox: Decodable {
            let name: String?
            let address: String?
        }

        struct Members: Decodable {
            let addresses: [Mailbox]
        }

        let List: [Mailbox]?
        let Group: [Members]?

        var mailboxes: [Mailbox] { List ?? (Group ?? []).flatMap(\.addresses) }
    }

    @Test func `addresses are read`() throws {
        // Comments are not part of a name that is written out; a name that repeats the address is none; blanks count
        // once.
        let names: [String: String?] = [
            "Pete (A nice ) chap his account his host)": "Pete", "Chris Jones (Chris's host.)": "Chris Jones",
            "John (my dear friend)": "John", "John Doe (comment)": "John Doe",
            "Nathaniel Borenstein (םולש ןב ילטפנ)": "Nathaniel Borenstein",
            "  James Smythe": "James Smythe", "Name Doe (comment)": "Name Doe", "phil@example.com": nil,
            "<phil@example.com>": nil,
        ]
        let addresses = [
            "@node.test:mary@example.net": "mary@example.net", "jdoe@test  . example": "jdoe@test.example",
            "jdoe@machine.  example": "jdoe@machine.example",
        ]
        let cases: [ParserCases.Case<Addresses>] = try ParserCases.load("address.json")
        #expect(cases.count == 60)
        for item in cases {
            // A backslash escapes one character, not the blanks of a fold.
            guard !item.header.contains("\\\n") else { continue }
            let expected = (item.expected?.mailboxes ?? []).filter { $0.address != nil }
            let found = AddressList.parse(item.field, limit: 100)
            #expect(
                found.map(\.raw) == expected.map { mailbox in address(mailbox.address ?? "", addresses) },
                "\(item.header)")
            #expect(
                found.map(\.displayName) == expected.map { mailbox in mailbox.name.flatMap { names[$0] ?? $0 } },
                "\(item.header)")
        }
    }

    /// What is in a mailto URL is found; other URLs are shown as they stand.
    private func address(_ text: String, _ ours: [String: String]) -> String {
        if let known = ours[text] { return known }
        return text.hasPrefix("mailto:") && !text.contains("?") ? String(text.dropFirst(7)) : text
    }

    private struct ContentType: Decodable {
        let c_type: String
        let c_subtype: String?
        let attributes: [[String]]?
    }

    @Test func `values with parameters are read`() throws {
        let cases: [ParserCases.Case<ContentType>] = try ParserCases.load("content_type.json")
        #expect(cases.count == 103)
        var parametersCompared = 0
        for item in cases {
            guard let expected = item.expected, !Self.isReadOtherwise(item.header) else { continue }
            let found = ParameterizedValue.parse(item.field)
            let value = [expected.c_type, expected.c_subtype].compactMap { $0 }.joined(separator: "/")
            #expect(found.value == value || found.value == value + "/", "\(item.header)")
            for pair in expected.attributes ?? [] where !pair[0].hasSuffix("-language") {
                parametersCompared += 1
                #expect(found[pair[0]] == pair[1].filter { $0 != "\u{0}" }, "\(item.header)")
            }
            let count = (expected.attributes ?? []).count { !$0[0].hasSuffix("-language") }
            #expect(found.parameters.count == count, "\(item.header)")
        }
        #expect(parametersCompared > 70)
    }

    /// Fields in which nothing says what they mean, and one in which the blanks between encoded words are kept.
    private static func isReadOtherwise(_ header: String) -> Bool {
        ["=\n", "name=value\n"].contains(header) || header.hasPrefix("malicious/attempt")
            || header.contains("w6k=?= =?iso-8859-1?q?=ED?=.jpeg\"")
    }
}
