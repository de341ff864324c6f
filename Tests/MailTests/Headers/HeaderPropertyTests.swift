import Generators
import Testing

@testable import Mail

/// What holds for any bytes at all: nothing crashes, and nothing that comes out is larger than what went in allows.
struct HeaderPropertyTests {
    static let seeds: [UInt64] = Array(1...40)

    /// Fields of all kinds, whose pieces the random ones are made of.
    static let fields = [
        "A Group(Some people)\r\n :\"Jo\\\"e\" <@a,@b:joe@example.org>, =?utf-8?q?J=C3=B6?= <\"j o\"@[192.0.2.1]>; x@xn--bcher-kva.example (=?koi8-r?B?xME=?=)",
        "=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?= =?utf-8?Q?=E6=97?=\r\n =?utf-8?B?pQ==?= raw \u{E9} \u{202E}x",
        "Thu,\r\n 13 Feb 1969 (a (b)) 23:32:54.5 PM -0330; 2003-07-01T10:52:37+02:00",
        "application/x; title*0*=us-ascii'en'This%20is; title*1=\"isn't \\\"it!\"; name==?utf-8?q?a?= (c); size=4",
        "<1234 @ local(blah).example> \"x\" <a@b> (c <d@e>)",
    ]

    private static let interesting: [UInt8] =
        Array("=?=?q?b?_\"\\()<>[]@,;:.*'%+-0123456789 \t\r\n\u{0}".utf8) + [
            0x80, 0xC3, 0xA4, 0xE2, 0x80, 0xAE, 0xFF, 0x1B,
        ]

    /// Pieces of the fields and single bytes, in any order.
    static func noise(_ random: inout SeededRandom, length: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < length {
            if Bool.random(using: &random), let field = fields.randomElement(using: &random) {
                let text = Array(field.utf8)
                let start = Int.random(in: 0..<text.count, using: &random)
                bytes += text[start..<min(text.count, start + Int.random(in: 1...24, using: &random))]
            } else if let byte = interesting.randomElement(using: &random) {
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// Runs everything over the bytes and checks what must always hold.
    static func check(_ bytes: [UInt8]) throws {
        let text = HeaderText.decode(bytes)
        // The widest growth: a byte of windows-1252 that takes three of UTF-8.
        try #require(text.utf8.count <= 3 * bytes.count)
        try #require(isOneSafeLine(text), "\(bytes)")
        let mailboxes = AddressList.parse(bytes, limit: 1000)
        try #require(mailboxes.count <= bytes.count)
        for mailbox in mailboxes {
            try #require(!mailbox.raw.isEmpty && isOneSafeLine(mailbox.raw), "\(bytes)")
            try #require(mailbox.displayName.map { !$0.isEmpty && isOneSafeLine($0) } ?? true, "\(bytes)")
            if let address = mailbox.address { try check(address) }
        }
        for id in MessageIDList.parse(bytes) {
            try #require(!id.isEmpty && !id.utf8.contains { $0 <= 0x20 || $0 == 0x7F }, "\(bytes)")
        }
        if let date = MailDate.parse(bytes) {
            try #require((-2_209_100_000...253_402_500_000).contains(date.seconds), "\(bytes)")
            try #require(abs(date.offsetMinutes) < 24 * 60, "\(bytes)")
        }
        let value = ParameterizedValue.parse(bytes)
        let size = value.value.utf8.count + value.parameters.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
        try #require(size <= 3 * bytes.count, "\(bytes)")
        for (name, text) in value.parameters where name != "boundary" { try #require(isOneSafeLine(text), "\(bytes)") }
    }

    /// An address that was read is read again as itself, and so is its key.
    static func check(_ address: EmailAddress) throws {
        try #require(EmailAddress(address.description) == address, "\(address)")
        let key = try #require(EmailAddress(address.matchKey), "\(address)")
        try #require(key.matchKey.utf8.elementsEqual(address.matchKey.utf8), "\(address)")
        try #require(EmailAddress(localPart: address.localPart, domain: address.domain) == address, "\(address)")
    }

    static func isOneSafeLine(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
                && !(0x2028...0x2029).contains(scalar.value) && scalar.properties.generalCategory != .control
        }
    }

    @Test(arguments: seeds)
    func `any bytes are read, and what is shown is one line without disguise`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<100 { try Self.check(Self.noise(&random, length: Int.random(in: 1...120, using: &random))) }
    }

    @Test(arguments: fields)
    func `every beginning and every end of a field is read`(field: String) throws {
        let bytes = Array(field.utf8)
        for index in bytes.indices {
            try Self.check(Array(bytes[..<index]))
            try Self.check(Array(bytes[index...]))
        }
    }

    @Test(arguments: fields)
    func `a field with any byte replaced is read`(field: String) throws {
        let bytes = Array(field.utf8)
        for index in bytes.indices {
            for byte in "=?\"\\()<>@,;:. \n\u{0}".utf8 + [0x80, 0xE2] {
                var changed = bytes
                changed[index] = byte
                try Self.check(changed)
            }
        }
    }

    /// Sixty-four thousand steps, or thousands of millions if reading were quadratic.
    @Test(arguments: [
        "=?utf-8?q?", "=?utf-8?q?a", "=?utf-8?b?", "=?", "=", "?=", "=?utf-8?q?=41?=", "=?utf-8?q?=E2?= ",
        "=?utf-8?q?a?=41", "(", "((", "()", "(()",
        "\"", "\"\"", "\"a\" ", "\\\"", "\\(", "<", "<>", "<a@b", "<a@b>", "<\"", "<(", "<@a,", "@", "@[", "a@", "a@b ",
        "a@b,", ",", ":", "a:", ";",
        ". ", "a . ", "a=", "a=(", "a=()b", "a*0=b;", ";a=\"", "a=\" ", " a=b ", "(\\", "1:", "1 ", "\r\n ", " \t", "'",
        "*", "\u{E9}", "\u{0}",
        "\"<@\"a", "<\"a\" ", "=?a?q?(?=", "(a) (", "a=(b) ",
    ])
    func `64 KB of one trick are read`(trick: String) throws {
        let bytes = Array(Array(repeating: Array(trick.utf8), count: 65_536 / trick.utf8.count).joined())
        #expect(HeaderText.decode(bytes).utf8.count <= 3 * HeaderText.limit)
        #expect(AddressList.parse(bytes, limit: 5000).count <= 5000)
        #expect(MessageIDList.parse(bytes).count <= MessageIDList.limit)
        #expect(MailDate.parse(bytes) == nil)
        #expect(ParameterizedValue.parse(bytes).parameters.count <= ParameterizedValue.parameterLimit)
        #expect(EmailAddress(String(decoding: bytes, as: UTF8.self)) == nil)
    }

    @Test(arguments: seeds.prefix(20))
    func `generated addresses are found in generated lists`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let addresses = try (0..<30).map { _ in try #require(EmailAddress(Self.address(&random))) }
        let names = [
            "", "John", "\"Doe, John\"", "=?utf-8?q?J=C3=B6rg?=", "J. R.", "(a comment)", "Dr. O'Neill", "\"a@b\" x",
            "Jörg",
        ]
        var list = ""
        for address in addresses {
            let name = names.randomElement(using: &random) ?? ""
            if Int.random(in: 0..<5, using: &random) == 0 { list += "Group: " }
            list += name.isEmpty && Bool.random(using: &random) ? address.description : "\(name)\r\n <\(address)>"
            list += ["; ", ",", " , ", ",\r\n ", ",,"].randomElement(using: &random) ?? ","
        }
        #expect(AddressList.parse(Array(list.utf8), limit: 100).map(\.address) == addresses, "\(list)")
    }

    private static func address(_ random: inout SeededRandom) -> String {
        let locals = [
            "john", "John.Smith", "a+b", "\"j o\"", "\"a,b\"", "\"x;y:z\"", "\"<q>\"", "o'b", "jürgen", "\"a\\\"b\"",
            "=x", "a..b",
        ]
        let domains = [
            "example.com", "Example.ORG", "bücher.example", "xn--mnchen-3ya.de", "[192.0.2.1]", "[IPv6:2001:db8::1]",
            "localhost",
        ]
        return (locals.randomElement(using: &random) ?? "") + "@" + (domains.randomElement(using: &random) ?? "")
    }

    @Test(arguments: seeds.prefix(20))
    func `text cut into encoded words anywhere is put together again`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let letters: [Unicode.Scalar] = ["a", "Z", " ", "?", "=", "_", "ä", "ß", "日", "本", "€", "👍", "\"", ","]
        var text = String.UnicodeScalarView()
        for _ in 0..<60 { text.append(letters.randomElement(using: &random) ?? "a") }
        text = ("x" + String(text) + "x").unicodeScalars
        var bytes = Array(String(text).utf8)[...]
        var field = ""
        while !bytes.isEmpty {
            let piece = bytes.prefix(Int.random(in: 1...20, using: &random))
            bytes = bytes.dropFirst(piece.count)
            let hexadecimal = Array("0123456789ABCDEF".utf8)
            let encoded = piece.flatMap { [UInt8(ascii: "="), hexadecimal[Int($0 >> 4)], hexadecimal[Int($0 & 15)]] }
            field += "=?UTF-8?Q?\(String(decoding: encoded, as: UTF8.self))?=\r\n "
        }
        #expect(HeaderText.decode(Array(field.utf8)) == String(text))
    }
}
