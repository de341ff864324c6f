/// Why signing in failed, as far as the server's answer tells. Only a definite refusal may trouble a person; servers
/// also answer NO when they are busy.
public enum SignInRefusal: Hashable, Sendable {
    case wrongCredentials(String)
    /// Two-step verification is on; the provider wants an app password.
    case applicationPasswordRequired(String)
    case imapDisabled(String)
    /// The provider wants the person to sign in on the web first.
    case webLoginRequired(String)
    /// The server takes no passwords at all without TLS, or for this account.
    case privacyRequired(String)
    /// Not about the credentials: tried again later.
    case temporary(String)
    case tooManyConnections(String)

    /// The server's words, for the log.
    public var text: String {
        switch self {
        case .wrongCredentials(let text), .applicationPasswordRequired(let text), .imapDisabled(let text),
            .webLoginRequired(let text), .privacyRequired(let text), .temporary(let text),
            .tooManyConnections(let text):
            text
        }
    }

    /// Reads a tagged NO or BAD, or the words of a BYE (`status` nil). Codes of RFC 5530 count before words; the words
    /// are those of Gmail, Outlook.com, Yahoo, Dovecot, Cyrus, Courier and Exchange. What neither tells is temporary:
    /// asking a person for a password that was right is worse than trying once more.
    init(status: ResponseStatus?, code: String?, text: String) {
        let words = text.lowercased()
        func says(_ phrases: String...) -> Bool { phrases.contains { words.contains($0) } }

        if says("application-specific password", "app password", "application password", "app-specific password") {
            self = .applicationPasswordRequired(text)
        } else if says(
            "not enabled for imap", "imap access is disabled", "imap is disabled", "imap disabled",
            "imap access disabled")
        {
            self = .imapDisabled(text)
        } else if says("via your web browser", "via a web browser", "web login required") || code == "WEBALERT" {
            self = .webLoginRequired(text)
        } else if says(
            "too many simultaneous", "maximum number of connections", "too many connections", "connection limit")
            || code == "LIMIT"
        {
            self = .tooManyConnections(text)
        } else if code == "UNAVAILABLE" || code == "INUSE" || code == "SERVERBUG" || code == "CONTACTADMIN"
            || code == "OVERQUOTA"
        {
            self = .temporary(text)
        } else if code == "PRIVACYREQUIRED"
            || says(
                "plaintext authentication disallowed", "cleartext logins disabled", "only available under a layer")
        {
            self = .privacyRequired(text)
        } else if code == "AUTHENTICATIONFAILED" || code == "AUTHORIZATIONFAILED" || code == "EXPIRED" {
            self = .wrongCredentials(text)
        } else if status == .no, !Self.tellsTrouble(words), Self.tellsOfCredentials(words) {
            self = .wrongCredentials(text)
        } else {
            // BAD means the command, not who sent it.
            self = .temporary(text)
        }
    }

    /// Trouble of the server's own, with which credentials may "fail" too.
    private static func tellsTrouble(_ words: String) -> Bool {
        [
            "temporar", "unavailable", "not available", "try again", "try later", "internal", "server error", "timeout",
            "timed out", "bandwidth", "overload", "server busy", "server is busy", "system busy", "too busy",
            "rate limit", "throttl", "backend", "shutting down", "connection refused", "connect to", "database", "ldap",
        ].contains { words.contains($0) }
    }

    /// Somebody who signs in, and what is wrong with them: `LOGIN failed.`, `Invalid user name or password.`, `Login
    /// fail. Account is abnormal, password is incorrect, or system is busy`.
    private static func tellsOfCredentials(_ words: String) -> Bool {
        let subjects = [
            "password", "credential", "login", "log in", "logon", "sign-in", "sign in", "authentica", "user", "account",
        ]
        let faults = [
            "fail", "invalid", "incorrect", "wrong", "denied", "reject", "refus", "unknown", "not found", "no such",
            "mismatch", "not match", "unsuccessful", "not authorized", "expired", "locked", "blocked", "suspended",
            "disabled",
        ]
        let verdicts = ["access denied", "permission denied", "login error", "password error", "bad password"]
        return verdicts.contains { words.contains($0) }
            || subjects.contains { words.contains($0) } && faults.contains { words.contains($0) }
    }
}
