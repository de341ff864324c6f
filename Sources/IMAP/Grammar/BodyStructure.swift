/// RFC 9051, section 7.5.2. What a server leaves out or garbles is empty.
public struct BodyStructure: Hashable, Sendable {
    /// In lower case.
    public var type = ""
    public var subtype = ""
    public var parameters: [Parameter] = []
    public var contentID: [UInt8]?
    public var encoding = ""
    /// In octets, as transferred; a number of 32 bits (RFC 9051, section 9, body-fld-octets). Nil where the server told
    /// none.
    public var size: Int?
    public var disposition: String?
    public var dispositionParameters: [Parameter] = []
    /// Of a multipart, or the body of an embedded message.
    public var children: [BodyStructure] = []
    /// Of an embedded message: its Subject field, raw.
    public var embeddedSubject: [UInt8]?
    /// RFC 9051, section 6.4.5: `1.2`; empty for a multipart at the top.
    public var section = ""

    public struct Parameter: Hashable, Sendable {
        public let name: String
        public let value: [UInt8]
    }

    /// Nesting that is still read. Deeper structures are made to exhaust readers.
    public static let depthLimit = 60
    /// Parts of a message that are read. Real mail has up to some hundred, digests of mailing lists.
    public static let partLimit = 1000
    /// Parameters of a field that are read. A long file name in pieces (RFC 2231) has some ten.
    public static let parameterLimit = 100

    public init() {}

    /// Numbers the parts, as FETCH names them.
    mutating func number(_ prefix: String = "") {
        if type == "multipart" {
            section = prefix
            for index in children.indices {
                children[index].number(prefix.isEmpty ? "\(index + 1)" : "\(prefix).\(index + 1)")
            }
        } else {
            section = prefix.isEmpty ? "1" : prefix
            if type == "message", !children.isEmpty {
                // The parts of an embedded message continue its own number; a single part of it is number 1.
                let own = section
                if children[0].type == "multipart" {
                    for index in children[0].children.indices {
                        children[0].children[index].number("\(own).\(index + 1)")
                    }
                } else {
                    children[0].number("\(own).1")
                }
            }
        }
    }
}
