/// Someone with a mailbox on a test server.
public struct MailUser: Hashable, Sendable {
    /// The address, which is also the user name, such as "alice@example.test".
    public let address: String
    public let password: String

    public init(_ address: String, password: String = "secret") {
        self.address = address
        self.password = password
    }
}
