/// A field of a message's header as it stands (RFC 5322, 2.2).
public struct MIMEHeaderField: Hashable, Sendable {
    /// As written; compare without regard to case.
    public var name: String
    /// Bytes of the value, folded as they came, without the line end and the blanks around.
    public var rawValue: ArraySlice<UInt8>

    public init(name: String, rawValue: ArraySlice<UInt8>) {
        self.name = name
        self.rawValue = rawValue
    }

    /// The value in one line (RFC 5322, 2.2.3): line ends are taken out, the blanks behind them stay.
    public var value: [UInt8] { rawValue.filter { $0 != 0x0A && $0 != 0x0D } }
}
