/// A company that uses Mailcard. Nothing crosses from one organisation to another.
public struct Organization: Hashable, Sendable {
    public let id: OrganizationID
    public let name: String
    /// The organisation's own mail domains, in lower case. Addresses in them never make a match.
    public let ownDomains: [String]
    /// Whether mail received from a contact belongs on the card too, not only mail sent to them.
    public let mirrorsReceived: Bool
    public let equals: EqualsRule

    public init(
        id: OrganizationID, name: String, ownDomains: [String] = [], mirrorsReceived: Bool = true,
        equals: EqualsRule = .sameDepth
    ) {
        self.id = id
        self.name = name
        self.ownDomains = ownDomains
        self.mirrorsReceived = mirrorsReceived
        self.equals = equals
    }
}

/// Who counts as somebody's equal (product, section 4).
public enum EqualsRule: Hashable, Sendable, CaseIterable {
    /// The users at the same depth of the hierarchy.
    case sameDepth
    /// Only those of them who have the same superior. Users at the top have none, so they have no equals.
    case sameSuperior
}
