import Mail

/// The form of the first start: the organisation and its first administrator.
public struct SetupForm: Sendable {
    public var organizationName = ""
    public var administrator = UserForm()

    public init() {}

    /// The cleaned values.
    ///
    /// The domain of the administrator's address becomes the organisation's own domain, unless it is a free-mail
    /// provider's.
    ///
    /// - Throws: every problem at once.
    public func validated() throws(FormProblems) -> ValidSetup {
        var problems = FormProblems()
        let name = FieldRules.line(organizationName, .organizationName, "The name of the organisation", into: &problems)
        if name.isEmpty { problems.add(.organizationName, "Enter the name of your organisation.") }
        if administrator.password == nil { problems.add(.password, "Choose a password to sign in with.") }
        var user: ValidUser?
        do {
            user = try administrator.validated()
        } catch {
            for problem in error.problems { problems.add(problem.field, problem.sentence) }
        }
        try problems.throwIfAny()
        guard let user else { throw problems }
        let domain = EmailAddress(user.email)?.domainKey
        return ValidSetup(
            organizationName: name, administrator: user,
            ownDomains: domain.map { FreeMailDomains.contains($0) ? [] : [$0] } ?? [])
    }
}

/// What a ``SetupForm`` says, cleaned and complete.
public struct ValidSetup: Sendable {
    public let organizationName: String
    public let administrator: ValidUser
    public let ownDomains: [String]
}
