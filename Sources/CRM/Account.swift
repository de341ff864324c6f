/// A company that contacts belong to.
public struct Account: Hashable, Sendable, Identifiable {
    public let id: AccountID
    public let name: String
    /// The company's web and mail domain, in lower case; may be empty. It is for show and search; it never makes a
    /// match.
    public let domain: String
    public let phone: String
    public let address: String
    public let city: String
    public let country: String
    public let industry: String
    public let notes: String
    public let owner: UserID?
    public let createdAt: Int64
    public let updatedAt: Int64

    public init(
        id: AccountID, name: String, domain: String, phone: String, address: String, city: String, country: String,
        industry: String, notes: String, owner: UserID?, createdAt: Int64, updatedAt: Int64
    ) {
        self.id = id
        self.name = name
        self.domain = domain
        self.phone = phone
        self.address = address
        self.city = city
        self.country = country
        self.industry = industry
        self.notes = notes
        self.owner = owner
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
