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
    /// are those of Gmail, Outlook.com, Yahoo, Dovecot, Cyrus, Courier and Exchange.
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
        } else if code == "PRIVACYREQUIRED" || says("plaintext authentication disallowed", "cleartext logins disabled")
        {
            self = .privacyRequired(text)
        } else if code == "AUTHENTICATIONFAILED" || code == "AUTHORIZATIONFAILED" || code == "EXPIRED" {
            self = .wrongCredentials(text)
        } else if status == nil
            || says(
                "temporar", "unavailable", "try again", "try later", "internal error", "server error", "timeout",
                "timed out", "bandwidth",
                "overload", "rate limit", "throttl", "backend", "shutting down")
        {
            self = .temporary(text)
        } else {
            self = .wrongCredentials(text)
        }
    }
}
