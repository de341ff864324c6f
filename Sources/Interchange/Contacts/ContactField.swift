import Wording

/// What a column of a file can become.
public enum ContactField: String, Sendable, Hashable, CaseIterable, Codable {
    case firstName = "first-name"
    case lastName = "last-name"
    case fullName = "full-name"
    case email
    case phone
    case title
    case notes
    case account
    case accountDomain = "account-domain"
    case accountPhone = "account-phone"
    case accountAddress = "account-address"
    case accountCity = "account-city"
    case accountCountry = "account-country"
    case accountIndustry = "account-industry"

    /// Whether several columns may become it.
    public var takesSeveral: Bool { self == .email || self == .notes }

    public var label: Phrase {
        switch self {
        case .firstName: "First name"
        case .lastName: "Last name"
        case .fullName: "Full name"
        case .email: "Email address"
        case .phone: "Telephone"
        case .title: "Title"
        case .notes: "Notes"
        case .account: "Account"
        case .accountDomain: "Account: domain"
        case .accountPhone: "Account: telephone"
        case .accountAddress: "Account: address"
        case .accountCity: "Account: city"
        case .accountCountry: "Account: country"
        case .accountIndustry: "Account: industry"
        }
    }
}
