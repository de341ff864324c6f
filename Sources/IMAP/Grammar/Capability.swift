/// What a server says it can do, in upper case (RFC 9051, section 7.2.2). An open set.
public struct Capability: Hashable, Sendable, RawRepresentable, ExpressibleByStringLiteral {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral name: String) { self.init(name) }
    public init(_ name: String) { rawValue = name.uppercased() }

    /// Names of one list that are read; servers have some fifty.
    static let listLimit = 1000

    /// As they stand in a line.
    static func list(_ text: String) -> [Capability] {
        text.split(separator: " ", maxSplits: listLimit).prefix(listLimit).map { Capability(String($0)) }
    }

    public static let imap4rev2 = Capability("IMAP4REV2")
    public static let startTLS = Capability("STARTTLS")
    public static let loginDisabled = Capability("LOGINDISABLED")
    public static let saslIR = Capability("SASL-IR")
    public static let id = Capability("ID")
    public static let enable = Capability("ENABLE")
    public static let namespace = Capability("NAMESPACE")
    public static let specialUse = Capability("SPECIAL-USE")
    public static let listExtended = Capability("LIST-EXTENDED")
    public static let listStatus = Capability("LIST-STATUS")
    public static let condStore = Capability("CONDSTORE")
    public static let qresync = Capability("QRESYNC")
    public static let esearch = Capability("ESEARCH")
    public static let idle = Capability("IDLE")
    public static let notify = Capability("NOTIFY")
    public static let objectID = Capability("OBJECTID")
    public static let literalPlus = Capability("LITERAL+")
    public static let literalMinus = Capability("LITERAL-")
    public static let utf8Accept = Capability("UTF8=ACCEPT")
}
