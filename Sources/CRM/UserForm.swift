import Wording

/// A user as an administrator fills it in, and the rules for it.
public struct UserForm: Sendable {
    public var name = ""
    public var email = ""
    public var title = ""
    /// Nil for a user who cannot sign in, or to leave the password as it is.
    public var password: Secret<String>?

    public init() {}

    /// The cleaned values.
    ///
    /// - Throws: every problem at once.
    public func validated() throws(FormProblems) -> ValidUser {
        var problems = FormProblems()
        let name = FieldRules.line(name, .name, "The name", into: &problems)
        if name.isEmpty { problems.add(.name, "Enter the person's name.") }
        let title = FieldRules.line(title, .title, "The title", into: &problems)
        let email = FieldRules.trimmed(email)
        let key = AddressRules.address(email)?.matchKey
        if key == nil { problems.add(.email, "Enter an email address like name@company.com.") }
        if let sentence = password.flatMap(PasswordRules.problem) { problems.add(.password, sentence) }
        try problems.throwIfAny()
        return ValidUser(name: name, email: email, emailKey: key ?? "", title: title, password: password)
    }
}

/// What a ``UserForm`` says, cleaned and complete.
public struct ValidUser: Sendable {
    public let name: String
    public let email: String
    /// `EmailAddress.matchKey`.
    public let emailKey: String
    public let title: String
    public let password: Secret<String>?
}

/// What a password must be: long enough, and nothing else (NIST SP 800-63B, section 5.1.1.2).
public enum PasswordRules {
    /// In characters.
    public static let minimum = 10
    /// In bytes; more only costs time to hash.
    public static let maximum = 1_000

    /// What is wrong with a password, and what to do; nil where it can be used.
    public static func problem(_ password: Secret<String>) -> Phrase? {
        let text = password.expose()
        if text.count < minimum { return "The password needs at least \(minimum) characters. Several words do well." }
        return text.utf8.count > maximum ? "The password is too long. Use at most \(count: maximum) characters." : nil
    }
}
