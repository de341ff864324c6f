/// A person on a letter.
public struct MailboxAddress: Hashable, Sendable {
    public var name: String
    public var address: String

    public init(_ address: String, name: String = "") {
        self.address = address
        self.name = name
    }
}
