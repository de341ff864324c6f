import Mail
import Wording

/// The rule that a mailbox to be connected has a domain of one's own, not a free-mail provider's (product, section
/// 2.6).
public enum PersonalisedDomain {
    public static func check(_ address: EmailAddress) throws(PersonalisedDomainError) {
        let domain = address.domainKey
        if FreeMailDomains.contains(domain) { throw .freeMail(domain: domain) }
    }
}

/// Why an address cannot be used for a mailbox.
public enum PersonalisedDomainError: Error, Hashable, Sendable {
    case freeMail(domain: String)

    public var sentence: Phrase {
        switch self {
        case .freeMail(let domain):
            "\(domain) gives addresses to private persons. Mailcard needs an address in your organisation's own domain, such as name@company.com; ask your administrator for one."
        }
    }
}
