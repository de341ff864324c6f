import Mail

/// An address as it is kept with a message.
public struct StoredAddress: Codable, Hashable, Sendable {
    public let name: String?
    /// In canonical spelling; empty where what stood there was no address. That is kept as the name, so that nothing
    /// which only looks like an address is ever matched or written to.
    public let address: String

    public init(name: String?, address: String) {
        self.name = name
        self.address = address
    }

    public init(_ mailbox: MailboxAddress) {
        if let address = mailbox.address {
            self.init(name: mailbox.displayName, address: address.description)
        } else {
            let shown = mailbox.displayName ?? mailbox.raw
            self.init(name: shown.isEmpty ? nil : shown, address: "")
        }
    }
}

/// The recipients that everyone who sees a message may see.
public struct StoredRecipients: Codable, Hashable, Sendable {
    public let to: [StoredAddress]
    public let cc: [StoredAddress]

    public init(to: [StoredAddress], cc: [StoredAddress]) {
        self.to = to
        self.cc = cc
    }

    init(to: [MailboxAddress], cc: [MailboxAddress]) {
        self.init(to: to.map(StoredAddress.init), cc: cc.map(StoredAddress.init))
    }
}
