import Wording

/// A person who works in the organisation and has a seat in Mailcard.
public struct User: Hashable, Sendable, Identifiable {
    public let id: UserID
    public let organization: OrganizationID
    /// The address to sign in with, as it was typed.
    public let email: String
    public let name: String
    /// What the person does, such as "Head of sales"; may be empty.
    public let title: String
    /// Gives no right to read anyone's mail.
    public let isAdministrator: Bool
    public let place: Place
    public let level: VisibilityLevel
    /// Someone who left is inactive: cannot sign in and sees nothing. Their mail stays with those who could see it
    /// until the mailbox is disconnected.
    public let isActive: Bool
    /// For a sync-only user: whose further mailbox this seat is for. It cannot sign in, and stands where that person
    /// stands (product, section 2.7).
    public let person: UserID?
    /// A BCP 47 tag: "en" or "fr".
    public let locale: String
    /// A name of the IANA time zone database, such as "Europe/Paris".
    public let timeZone: String

    public init(
        id: UserID, organization: OrganizationID, email: String, name: String, title: String = "",
        isAdministrator: Bool = false, place: Place = .outside, level: VisibilityLevel = .own, isActive: Bool = true,
        person: UserID? = nil, locale: String = "en", timeZone: String = "Europe/Paris"
    ) {
        self.id = id
        self.organization = organization
        self.email = email
        self.name = name
        self.title = title
        self.isAdministrator = isAdministrator
        self.place = place
        self.level = level
        self.isActive = isActive
        self.person = person
        self.locale = locale
        self.timeZone = timeZone
    }
}

extension User {
    /// Of the pages that the person sees.
    public var language: Language { Language(tag: locale) ?? .standard }
}

/// Where a user stands in the hierarchy.
public enum Place: Hashable, Sendable {
    /// Not placed: no one's superior or equal in the sense of visibility.
    case outside
    case top
    case below(UserID)

    public var superior: UserID? {
        if case .below(let superior) = self { superior } else { nil }
    }
}
