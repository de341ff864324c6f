import CRM
import Mail

/// The organisation's settings as an administrator fills them in.
struct OrganizationForm: Sendable {
    var name: String
    /// One to a line, or with commas between them.
    var ownDomains: String
    var mirrorsReceived: Bool
    var equals: EqualsRule

    init(_ organization: Organization) {
        name = organization.name
        ownDomains = organization.ownDomains.joined(separator: "\n")
        mirrorsReceived = organization.mirrorsReceived
        equals = organization.equals
    }

    init(_ fields: FormFields) {
        name = fields["name"]
        ownDomains = fields["domains"]
        mirrorsReceived = fields["direction"] != "sent"
        equals = fields["equals"] == "superior" ? .sameSuperior : .sameDepth
    }

    struct Valid: Sendable {
        let name: String
        let ownDomains: [String]
        let mirrorsReceived: Bool
        let equals: EqualsRule
    }

    /// - Throws: every problem at once.
    func validated() throws(FormProblems) -> Valid {
        var problems = FormProblems()
        let name = name.trimmed
        if name.isEmpty { problems.add(.organizationName, "Enter the name of your organisation.") }
        if name.count > 200 { problems.add(.organizationName, "The name is longer than 200 characters. Shorten it.") }
        var domains: [String] = []
        for entry in ownDomains.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ";" }) {
            let text = entry.hasPrefix("@") ? entry.dropFirst() : entry
            if let domain = EmailAddress("postmaster@\(text)")?.domainKey, domain.contains(".") {
                if !domains.contains(domain) { domains.append(domain) }
            } else {
                problems.add(.domain, "“\(entry.prefix(80))” is not a domain. Write it like company.com.")
            }
        }
        if domains.count > 200 { problems.add(.domain, "At most 200 domains can be entered.") }
        if !problems.problems.isEmpty { throw problems }
        return Valid(name: name, ownDomains: domains, mirrorsReceived: mirrorsReceived, equals: equals)
    }
}
