import IMAP
import Mirror
import Networking
import SMTP
import Wording

/// Which of the two servers.
enum TriedProtocol: String {
    case imap = "IMAP"
    case smtp = "SMTP"

    var usualPorts: Phrase {
        switch self {
        case .imap: "993 with TLS, 143 with STARTTLS"
        case .smtp: "465 with TLS, 587 with STARTTLS"
        }
    }
}

/// Reasons that both protocols share, so that they are told in the same words.
enum TrialFault {
    case hostUnknown, lookupFailed, notAllowed, portClosed, unreachable, timedOut
    case certificateName, certificateExpired, certificateUntrusted, noTLS
    case noStartTLS, tampered, cleartext, wrongProtocol
    case wrongPassword, appPassword, disabled, webLogin, needsTLS, noMethod, busy, closed, malformed
    case other(String)
}

extension TrialRefusal {
    init(_ error: any Error, server: ServerEndpoint, of kind: TriedProtocol) {
        let fault: TrialFault =
            switch error {
            case let error as NetworkRefusal: TrialFault(error)
            case let error as IMAPError: TrialFault(error)
            case let error as SMTPError: TrialFault(error)
            default: .other("")
            }
        self.init(fault, server: server, of: kind)
    }

    private init(_ fault: TrialFault, server: ServerEndpoint, of kind: TriedProtocol) {
        let (host, port, name) = (server.host, server.port, kind.rawValue)
        func refusal(_ cause: Cause, _ sentence: Phrase, _ advice: Phrase) -> TrialRefusal {
            TrialRefusal(cause: cause, sentence: sentence, advice: advice)
        }
        self =
            switch fault {
            case .hostUnknown:
                refusal(
                    .hostUnknown, "There is no server named “\(host)”.", "Check the spelling of the \(name) server.")
            case .lookupFailed:
                refusal(.busy, "The name “\(host)” could not be looked up just now.", "Try again in a minute.")
            case .notAllowed:
                refusal(
                    .addressNotAllowed,
                    "“\(host)” stands in a private network, and this installation does not connect to those.",
                    "Use the server's public name, or ask the operator to start Mailcard with --allow-private-networks."
                )
            case .portClosed:
                refusal(
                    .portClosed, "\(host) does not accept connections on port \(port).",
                    "Check the \(name) port. Usual are \(kind.usualPorts).")
            case .unreachable:
                refusal(
                    .portClosed, "\(host) cannot be reached on port \(port).",
                    "Check server and port, or try again later.")
            case .timedOut:
                refusal(
                    .timedOut, "\(host) does not answer on port \(port).",
                    "Check port and security. A server that waits for TLS stays silent without it. Usual are \(kind.usualPorts)."
                )
            case .certificateName:
                refusal(
                    .tlsFailed, "The certificate of \(host) is for another name.",
                    "Enter the server's name as the provider gives it.")
            case .certificateExpired:
                refusal(
                    .tlsFailed, "The certificate of \(host) has expired.",
                    "Tell the server's administrator to renew it.")
            case .certificateUntrusted:
                refusal(
                    .tlsFailed, "The certificate of \(host) is signed by nobody whom this server trusts.",
                    "Ask the operator of Mailcard to add your certificate authority with --ca-file.")
            case .noTLS:
                refusal(
                    .tlsFailed, "\(host) does not speak TLS on port \(port).",
                    "Choose STARTTLS, or another port. Usual are \(kind.usualPorts).")
            case .noStartTLS:
                refusal(
                    .tlsFailed, "\(host) does not offer STARTTLS on port \(port).",
                    "Choose TLS, with the port that belongs to it. Usual are \(kind.usualPorts).")
            case .tampered:
                refusal(
                    .tlsFailed, "Something between here and \(host) writes into the connection.",
                    "Choose TLS, or tell your network's administrator.")
            case .cleartext:
                refusal(
                    .tlsFailed,
                    "Without TLS your password would travel unprotected, which is only done on this very machine.",
                    "Choose TLS or STARTTLS.")
            case .wrongProtocol:
                refusal(
                    .notThisProtocol, "What answers on port \(port) of \(host) is not an \(name) server.",
                    "Check server and port. Usual are \(kind.usualPorts).")
            case .wrongPassword:
                refusal(
                    .passwordRefused, "\(host) refused the user name or the password.",
                    "Type the password again. Some servers want another user name than the address, and an app password where two-step verification is on."
                )
            case .appPassword:
                refusal(
                    .applicationPasswordRequired, "\(host) wants an app password, because two-step verification is on.",
                    "Create an app password in your provider's security settings and enter it here instead of your own."
                )
            case .disabled:
                refusal(
                    .protocolDisabled, "\(name) is switched off for this mailbox.",
                    "Switch it on in your provider's settings, then try again.")
            case .webLogin:
                refusal(
                    .protocolDisabled, "\(host) wants you to sign in once on the web first.",
                    "Sign in to your web mail, confirm that it is you, then try again.")
            case .needsTLS:
                refusal(.tlsFailed, "\(host) takes no password without TLS.", "Choose TLS or STARTTLS.")
            case .noMethod:
                refusal(
                    .other, "\(host) offers no way to sign in with a password.",
                    "Ask your provider whether \(name) with a password is allowed for your account.")
            case .busy:
                refusal(.busy, "\(host) cannot sign anybody in at the moment.", "Try again in a few minutes.")
            case .closed:
                refusal(
                    .other, "\(host) ended the connection before signing in was done.",
                    "Check port and security, then try again. Usual are \(kind.usualPorts).")
            case .malformed:
                refusal(
                    .passwordRefused, "The user name or the password has a character that \(name) cannot carry.",
                    "Type it again, without line breaks and other control characters.")
            case .other:
                refusal(.other, "Talking to \(host) failed.", "Try again. The log tells the operator more.")
            }
    }
}

extension TrialFault {
    init(_ error: NetworkRefusal) {
        switch error {
        case .unknown: self = .hostUnknown
        case .unresolvedNow: self = .lookupFailed
        case .notAllowed: self = .notAllowed
        }
    }

    init(_ error: IMAPError) {
        switch error {
        case .connectFailed(let words): self = words.lowercased().contains("refused") ? .portClosed : .unreachable
        case .connectTimedOut, .timedOut: self = .timedOut
        case .tlsFailed(.nameMismatch): self = .certificateName
        case .tlsFailed(.expired): self = .certificateExpired
        case .tlsFailed(.untrusted): self = .certificateUntrusted
        case .tlsFailed(.handshake): self = .noTLS
        case .startTLSUnavailable: self = .noStartTLS
        case .startTLSInjection: self = .tampered
        case .cleartextRefused: self = .cleartext
        case .notIMAP, .protocolViolation: self = .wrongProtocol
        case .noSignInMethod: self = .noMethod
        case .closed: self = .closed
        case .refused(let refusal): self = refusal.isTemporary ? .busy : .other(refusal.text)
        case .signInRefused(let refusal):
            switch refusal {
            case .wrongCredentials: self = .wrongPassword
            case .applicationPasswordRequired: self = .appPassword
            case .imapDisabled: self = .disabled
            case .webLoginRequired: self = .webLogin
            case .privacyRequired: self = .needsTLS
            case .temporary, .tooManyConnections: self = .busy
            }
        }
    }

    init(_ error: SMTPError) {
        switch error {
        case .cannotConnect(.hostUnknown): self = .hostUnknown
        case .cannotConnect(.portClosed): self = .portClosed
        case .cannotConnect(.unreachable), .cannotConnect(.other): self = .unreachable
        case .cannotConnect(.cleartextBeyondLoopback): self = .cleartext
        case .tlsFailed(.nameMismatch): self = .certificateName
        case .tlsFailed(.expired), .tlsFailed(.notYetValid): self = .certificateExpired
        case .tlsFailed(.untrusted): self = .certificateUntrusted
        case .tlsFailed(.notTLS), .tlsFailed(.handshake): self = .noTLS
        case .startTLSNotOffered: self = .noStartTLS
        case .authenticationNotOffered: self = .noMethod
        case .encryptionRequired: self = .needsTLS
        case .signInRefused: self = .wrongPassword
        case .appPasswordNeeded: self = .appPassword
        case .credentialsMalformed: self = .malformed
        case .temporarilyUnavailable: self = .busy
        case .refused(_, let reply): self = .other(reply.text)
        case .protocolViolation: self = .wrongProtocol
        case .timedOut: self = .timedOut
        case .closed: self = .closed
        case .cancelled: self = .other("cancelled")
        }
    }
}
