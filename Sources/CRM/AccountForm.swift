/// An account as someone fills it in, and the rules for it.
public struct AccountForm: Hashable, Sendable {
    public var name = ""
    public var domain = ""
    public var phone = ""
    public var address = ""
    public var city = ""
    public var country = ""
    public var industry = ""
    public var notes = ""
    public var owner: UserID?

    public init() {}

    public init(_ account: Account) {
        name = account.name
        domain = account.domain
        phone = account.phone
        address = account.address
        city = account.city
        country = account.country
        industry = account.industry
        notes = account.notes
        owner = account.owner
    }

    /// The cleaned values.
    ///
    /// - Throws: every problem at once.
    public func validated() throws(FormProblems) -> ValidAccount {
        var problems = FormProblems()
        let name = FieldRules.line(name, .name, "The name", into: &problems)
        if name.isEmpty { problems.add(.name, "Enter the name of the company.") }
        let valid = ValidAccount(
            name: name, domain: checkedDomain(into: &problems),
            phone: FieldRules.line(phone, .phone, "The telephone number", into: &problems),
            address: FieldRules.line(address, .postalAddress, "The address", into: &problems),
            city: FieldRules.line(city, .city, "The city", into: &problems),
            country: FieldRules.line(country, .country, "The country", into: &problems),
            industry: FieldRules.line(industry, .industry, "The industry", into: &problems),
            notes: FieldRules.notes(notes, into: &problems), owner: owner)
        try problems.throwIfAny()
        return valid
    }

    /// Accepts a pasted web address too.
    private func checkedDomain(into problems: inout FormProblems) -> String {
        var text = FieldRules.trimmed(domain)
        if text.isEmpty { return "" }
        for prefix in ["https://", "http://", "www."] where text.lowercased().hasPrefix(prefix) {
            text.removeFirst(prefix.count)
        }
        text = String(text.prefix { $0 != "/" })
        if let domain = FieldRules.domain(text) { return domain }
        problems.add(.domain, "“\(text.prefix(80))” is not a domain. Write it like company.com, or leave it empty.")
        return ""
    }
}

/// What an ``AccountForm`` says, cleaned and complete.
public struct ValidAccount: Hashable, Sendable {
    public let name: String
    public let domain: String
    public let phone: String
    public let address: String
    public let city: String
    public let country: String
    public let industry: String
    public let notes: String
    public let owner: UserID?
}
