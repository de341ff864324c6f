import IMAP
import Mirror
import Networking
import Wording

extension SourceError {
    /// What a failure means for the mailbox. Only a definite refusal of the credentials asks the person to act.
    init(_ error: any Error, host: String) {
        switch error {
        case let error as SourceError: self = error
        case let error as NetworkRefusal:
            switch error {
            case .unresolvedNow: self = .transient(error.sentence)
            // The name may be missing only for the moment, and a name server may lie only for the moment.
            case .unknown, .notAllowed: self = .misconfigured(error.sentence)
            }
        case let error as IMAPError: self = Self.meaning(of: error, host)
        default: self = .transient("Talking to \(host) failed.")
        }
    }

    private static func meaning(of error: IMAPError, _ host: String) -> SourceError {
        switch error {
        case .connectFailed, .connectTimedOut: .transient("\(host) cannot be reached.")
        case .tlsFailed(.nameMismatch): .misconfigured("The certificate of \(host) is for another name.")
        case .tlsFailed(.expired): .misconfigured("The certificate of \(host) has expired.")
        case .tlsFailed(.untrusted):
            .misconfigured("The certificate of \(host) is signed by nobody whom this server trusts.")
        case .tlsFailed(.handshake): .transient("No protected connection to \(host) came about.")
        case .startTLSUnavailable: .misconfigured("\(host) does not offer STARTTLS.")
        case .startTLSInjection: .misconfigured("Somebody tampers with the connection to \(host).")
        case .cleartextRefused:
            .misconfigured("\(host) would be reached without protection, which is only done on this very machine.")
        case .notIMAP: .transient("\(host) does not answer as a mail server.")
        case .noSignInMethod: .misconfigured("\(host) offers no way to sign in with a password.")
        case .signInRefused(let refusal): meaning(of: refusal, host)
        case .closed: .transient("\(host) ended the connection.")
        case .timedOut: .transient("\(host) stopped answering.")
        case .protocolViolation: .transient("\(host) answered with something that is not understood.")
        case .refused(let refusal): meaning(of: refusal, host)
        }
    }

    private static func meaning(of refusal: SignInRefusal, _ host: String) -> SourceError {
        switch refusal {
        case .wrongCredentials: .signInNeeded(.wrongCredentials)
        case .applicationPasswordRequired: .signInNeeded(.applicationPasswordRequired)
        case .imapDisabled: .signInNeeded(.imapDisabled)
        case .webLoginRequired: .signInNeeded(.webLoginRequired)
        case .privacyRequired: .misconfigured("\(host) takes no password on this kind of connection. Choose TLS.")
        case .temporary: .transient("\(host) cannot sign anybody in at the moment.")
        case .tooManyConnections:
            .throttled("\(host) allows no further connection to this mailbox at the moment.", seconds: 120)
        }
    }

    private static func meaning(of refusal: CommandRefusal, _ host: String) -> SourceError {
        refusal.asksForPause
            ? .throttled("\(host) asks for a pause.", seconds: 300)
            : .transient("\(host) refused a request (\(refusal.command)).")
    }
}

extension CommandRefusal {
    /// The server wants fewer requests, whatever they are about.
    var asksForPause: Bool {
        if code == "LIMIT" || code == "OVERQUOTA" { return true }
        let words = text.lowercased()
        return ["bandwidth", "throttl", "rate limit", "too many"].contains(where: words.contains)
    }

    /// The mailbox does not exist, rather than: cannot be opened just now.
    var saysMissing: Bool {
        if code == "NONEXISTENT" || code == "TRYCREATE" { return true }
        let words = text.lowercased()
        return ["doesn't exist", "does not exist", "no such mailbox", "unknown mailbox", "not found", "nonexistent"]
            .contains {
                words.contains($0)
            }
    }

    /// The server is busy or broken for the moment.
    var isTemporary: Bool {
        if asksForPause { return true }
        if let code, ["UNAVAILABLE", "INUSE", "SERVERBUG", "CONTACTADMIN"].contains(code) { return true }
        let words = text.lowercased()
        return ["temporar", "try again", "unavailable", "internal error", "timeout", "timed out"].contains {
            words.contains($0)
        }
    }
}
