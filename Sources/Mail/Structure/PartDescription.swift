/// A node of a message's MIME tree without its content: what IMAP calls BODYSTRUCTURE (RFC 9051, 7.5.2) and what
/// ``MIMEMessage`` finds in the bytes.
public struct PartDescription: Hashable, Sendable {
    /// Nesting that is followed. Real mail stays below ten; what lies deeper is taken as a part without children.
    public static let depthLimit = 64
    /// Parts of one message that are looked at.
    public static let partLimit = 1_000

    /// IMAP's section number, such as `1.2`, which with `BODY[…]` gives the encoded content; `1` for the only part of
    /// a message. The multipart that forms a whole message has `TEXT`, the one that forms the message attached as part
    /// 2 has `2.TEXT`.
    public var section: String
    /// Media type in lower case, for example `text`.
    public var type: String
    /// Media subtype in lower case, for example `plain`.
    public var subtype: String
    /// The Content-Type field; its parameters are read through ``charset``, ``name`` and the like.
    public var contentType: ParameterizedValue
    public var disposition: ContentDisposition?
    /// The `filename` of Content-Disposition, decoded.
    public var filename: String?
    public var transferEncoding: TransferEncoding
    /// Octets of the content as transferred, that is encoded.
    public var size: Int
    /// The Content-ID without angle brackets.
    public var contentID: String?
    /// The parts of a multipart; for `message/rfc822` the one root of the attached message.
    public var children: [PartDescription]
    /// The undecoded Subject of the message attached as `message/rfc822`.
    public var embeddedSubject: [UInt8]?

    public init(
        section: String, type: String, subtype: String, contentType: ParameterizedValue,
        disposition: ContentDisposition? = nil, filename: String? = nil, transferEncoding: TransferEncoding = .sevenBit,
        size: Int = 0, contentID: String? = nil, children: [PartDescription] = [], embeddedSubject: [UInt8]? = nil
    ) {
        self.section = section
        self.type = type
        self.subtype = subtype
        self.contentType = contentType
        self.disposition = disposition
        self.filename = filename
        self.transferEncoding = transferEncoding
        self.size = size
        self.contentID = contentID
        self.children = children
        self.embeddedSubject = embeddedSubject
    }
}

extension PartDescription {
    public var mediaType: String { type + "/" + subtype }
    public var isMultipart: Bool { type == "multipart" }
    public var isEmbeddedMessage: Bool { type == "message" && (subtype == "rfc822" || subtype == "global") }

    public var charset: String? { contentType["charset"] }
    /// The file name that older programs put into Content-Type.
    public var name: String? { contentType["name"] }
    /// `format=flowed` of RFC 3676.
    public var isFlowed: Bool { contentType["format"]?.lowercased() == "flowed" }
    /// `delsp=yes` of RFC 3676.
    public var deletesSpace: Bool { contentType["delsp"]?.lowercased() == "yes" }
    public var boundary: String? { contentType["boundary"] }
    /// `report-type` of multipart/report (RFC 6522), in lower case.
    public var reportType: String? { contentType["report-type"]?.lowercased() }
    /// `protocol` of multipart/signed and multipart/encrypted (RFC 1847), in lower case.
    public var securityProtocol: String? { contentType["protocol"]?.lowercased() }
    /// The root's Content-ID of multipart/related (RFC 2387), without angle brackets.
    public var start: String? { contentType["start"].map(PartDescription.withoutAngleBrackets) }

    /// The name under which a person would save the part.
    public var saveName: String? {
        for name in [filename, name] {
            if let name, name.utf8.contains(where: { $0 > 0x20 }) { return name }
        }
        return nil
    }

    /// Octets of the decoded content, about.
    public var decodedSize: Int {
        switch transferEncoding {
        // Lines of 76 letters with CRLF stand for 57 octets.
        case .base64: size / 78 * 57 + size % 78 * 3 / 4
        case .uuencode: size / 63 * 45 + size % 63 * 3 / 4
        default: size
        }
    }

    public static func withoutAngleBrackets(_ id: String) -> String {
        var text = Substring(id)
        while let first = text.utf8.first, first <= 0x20 || first == UInt8(ascii: "<") { text = text.dropFirst() }
        while let last = text.utf8.last, last <= 0x20 || last == UInt8(ascii: ">") { text = text.dropLast() }
        return String(text)
    }
}
