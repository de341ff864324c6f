/// A whole message, parsed (RFC 5322, RFC 2045 to 2049).
///
/// Any bytes parse: what is broken is read as mail programs read it. Time is proportional to the length. Memory is
/// bounded by the message, ``PartDescription/partLimit``, ``PartDescription/depthLimit`` and 10,000 header fields.
public struct MIMEMessage: Sendable {
    /// The tree of parts.
    public let root: PartDescription

    private let content: [UInt8]
    private let fields: [MIMEHeaderScan.Field]
    private let ranges: [String: Range<Int>]

    public static func parse(_ bytes: [UInt8]) -> MIMEMessage {
        let lines = MIMELines(bytes)
        var parser = MIMEParser(lines)
        let (root, fields) = parser.parse()
        return MIMEMessage(root: root, content: bytes, fields: fields, ranges: parser.ranges)
    }

    private init(
        root: PartDescription, content: [UInt8], fields: [MIMEHeaderScan.Field], ranges: [String: Range<Int>]
    ) {
        self.root = root
        self.content = content
        self.fields = fields
        self.ranges = ranges
    }

    /// The fields of the message's header in their order.
    public var headerFields: [MIMEHeaderField] {
        fields.map { field in
            var value = content[field.value]
            while let first = value.first, first == 0x20 || first == 0x09 { value = value.dropFirst() }
            while let last = value.last, last <= 0x20 { value = value.dropLast() }
            return MIMEHeaderField(name: String(decoding: content[field.name], as: UTF8.self), rawValue: value)
        }
    }

    /// The unfolded value of the first field of the name, in any case; `nil` if there is none.
    public func header(_ name: String) -> [UInt8]? {
        let wanted = name.utf8.map(\.asciiLowercased)
        for field in fields where field.name.count == wanted.count {
            guard content[field.name].lazy.map(\.asciiLowercased).elementsEqual(wanted) else { continue }
            let value = content[field.value].drop { $0 <= 0x20 }.filter { $0 != 0x0A && $0 != 0x0D }
            return Array(value)
        }
        return nil
    }

    /// The encoded content that IMAP's `BODY[section]` gives: a part's number, `TEXT`, `HEADER`, `1.2.MIME`, or
    /// nothing for the whole message. Empty if there is no such part.
    public func bytes(of section: String) -> ArraySlice<UInt8> {
        ranges[section].map { content[$0] } ?? []
    }

    /// The text that a person reads.
    /// - Parameter limit: octets of UTF-8 at most.
    public func text(limit: Int = HTMLText.defaultLimit) -> RenderedText {
        MessageText.render(selection.parts.map { ($0, Array(bytes(of: $0.section)), isWhole: true) }, limit: limit)
    }

    public var selection: TextSelection { TextSelection.choose(in: root) }

    public var attachments: [AttachmentSummary] { selection.attachments }
}
