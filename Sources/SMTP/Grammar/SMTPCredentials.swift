/// What a person signs in with. Prints without the password or token.
public enum SMTPCredentials: Hashable, Sendable {
    case password(user: String, password: String)
    /// An OAuth 2 access token.
    case oauth(user: String, token: String)

    public var user: String {
        switch self {
        case .password(let user, _), .oauth(let user, _): user
        }
    }

    /// The mechanisms that can carry them, the best first.
    var mechanisms: [SASLMechanism] {
        switch self {
        case .password: [.plain, .login]
        case .oauth: [.xoauth2]
        }
    }

    /// Whether every mechanism can carry them: NUL separates the parts of PLAIN, ^A those of XOAUTH2, and no server
    /// accepts any other control character either.
    var isWellFormed: Bool {
        let texts =
            switch self {
            case .password(let user, let password): [user, password]
            case .oauth(let user, let token): [user, token]
            }
        return texts.allSatisfy { text in !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }
    }
}

extension SMTPCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "credentials of \(user)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["user": user]) }
}
