/// A person outside the organisation whom it does business with.
public struct Contact: Hashable, Sendable, Identifiable {
    public let id: ContactID
    public let account: AccountID?
    public let firstName: String
    public let lastName: String
    public let title: String
    public let phone: String
    public let notes: String
    public let owner: UserID?
    /// As they were typed, the first being the main one. They decide which mail stands on the card.
    public let addresses: [String]
    public let createdAt: Int64
    public let updatedAt: Int64

    public init(
        id: ContactID, account: AccountID?, firstName: String, lastName: String, title: String, phone: String,
        notes: String, owner: UserID?, addresses: [String], createdAt: Int64, updatedAt: Int64
    ) {
        self.id = id
        self.account = account
        self.firstName = firstName
        self.lastName = lastName
        self.title = title
        self.phone = phone
        self.notes = notes
        self.owner = owner
        self.addresses = addresses
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    public var name: String { PersonName.full(first: firstName, last: lastName, orElse: addresses.first) }
}

/// How the name of a person is put together.
public enum PersonName {
    /// First name, last name; where there is neither, the other text given.
    public static func full(first: String, last: String, orElse other: String? = nil) -> String {
        let parts = [first, last].filter { !$0.isEmpty }
        return parts.isEmpty ? other ?? "" : parts.joined(separator: " ")
    }
}
