/// A message of a scripted mailbox, and what the server says of it.
struct Letter: Hashable, Sendable {
    /// Without angle brackets; nil for a message without a Message-ID.
    var id: String?
    var from: String
    var to: String
    var cc: String?
    var subject = "About the offer"
    var text: String
    /// Minutes after 2 November 2026, 0:00 UTC, at which it was received.
    var minute: Int
    /// RFC822.SIZE, where the server announces something else than there is.
    var announcedSize: Int?
    /// What the server says instead of a right BODYSTRUCTURE.
    var structure: String?

    init(
        _ id: String?, from: String = "carol@client.example", to: String = "ann@acme.example", cc: String? = nil,
        minute: Int = 0, text: String? = nil
    ) {
        self.id = id
        self.from = from
        self.to = to
        self.cc = cc
        self.minute = minute
        self.text = text ?? "Text of \(id ?? "it")"
    }

    var internalDate: String { "02-Nov-2026 \(Self.two(minute / 60 % 24)):\(Self.two(minute % 60)):00 +0000" }

    private var date: String { "Mon, 02 Nov 2026 \(Self.two(minute / 60 % 24)):\(Self.two(minute % 60)):00 +0000" }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private var fields: [(name: String, value: String)] {
        var fields = [("Date", date), ("From", from), ("To", to), ("Subject", subject)]
        if let cc { fields.append(("Cc", cc)) }
        if let id { fields.append(("Message-ID", "<\(id)>")) }
        return fields.map { (name: $0.0, value: $0.1) }
    }

    /// The header with the empty line after it; only those fields where `names` tells some.
    func header(_ names: [String]? = nil) -> String {
        fields.filter { names?.contains($0.name.uppercased()) ?? true }.map { "\($0.name): \($0.value)\r\n" }.joined()
            + "\r\n"
    }

    var whole: String { header() + text + "\r\n" }

    var size: Int { announcedSize ?? whole.utf8.count }

    var envelope: String {
        func list(_ address: String?) -> String { address.map { "(\(Self.address($0)))" } ?? "NIL" }
        let id = id.map { "\"<\($0)>\"" } ?? "NIL"
        return
            "(\"\(date)\" \"\(subject)\" \(list(from)) \(list(from)) \(list(from)) \(list(to)) \(list(cc)) NIL NIL \(id))"
    }

    private static func address(_ text: String) -> String {
        let parts = text.split(separator: "@", maxSplits: 1)
        return "(NIL NIL \"\(parts.first ?? "")\" \"\(parts.last ?? "")\")"
    }

    var bodyStructure: String {
        structure
            ?? "(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"UTF-8\") NIL NIL \"8BIT\" \(text.utf8.count) 1 NIL NIL NIL NIL)"
    }

    func mentions(_ address: String) -> Bool {
        [from, to, cc ?? ""].contains { $0.lowercased() == address.lowercased() }
    }
}
