/// An address or a domain whose mail is never mirrored, as someone fills it in.
public struct ExclusionForm: Hashable, Sendable {
    /// "name@company.com", "company.com" or "@company.com".
    public var pattern = ""
    public var reason = ""

    public init() {}

    /// - Parameter ownDomains: those of the organisation, which stand on each of its emails and so cannot be excluded.
    /// - Throws: every problem at once.
    public func validated(ownDomains: [String] = []) throws(FormProblems) -> ValidExclusion {
        var problems = FormProblems()
        let reason = FieldRules.line(reason, .reason, "The reason", into: &problems)
        let text = FieldRules.trimmed(pattern)
        var valid = ""
        if let domain = FieldRules.domain(text.hasPrefix("@") ? String(text.dropFirst()) : text) {
            valid = "@" + domain
            if ownDomains.contains(domain) {
                problems.add(
                    .pattern,
                    "\(domain) is your organisation's own domain: it stands on every email, and no card would hold any. Exclude single addresses of it."
                )
            }
        } else if let address = AddressRules.address(text) {
            valid = address.matchKey
        } else {
            problems.add(
                .pattern, "Enter an address like name@company.com, or a domain like company.com for everyone there.")
        }
        try problems.throwIfAny()
        return ValidExclusion(pattern: valid, reason: reason)
    }
}

/// What an ``ExclusionForm`` says, cleaned and complete.
public struct ValidExclusion: Hashable, Sendable {
    /// `EmailAddress.matchKey`, or a domain behind an `@`.
    public let pattern: String
    public let reason: String
}
