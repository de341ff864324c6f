extension SMTPError {
    /// What happened and what to do, for the person who connects a mailbox.
    public var sentence: String {
        switch self {
        case .cannotConnect(let failure): failure.sentence
        case .tlsFailed(let failure): failure.sentence
        case .startTLSNotOffered:
            "The SMTP server does not offer STARTTLS at this port. Choose TLS, usually with port 465, or ask the provider for the right port."
        case .authenticationNotOffered:
            "The SMTP server does not let anyone sign in at this port in a way that works here. Use the provider's port for sending with a password, usually 465 with TLS or 587 with STARTTLS."
        case .encryptionRequired:
            "The SMTP server accepts sign-in only over an encrypted connection. Choose TLS or STARTTLS."
        case .signInRefused:
            "The SMTP server refused the user name or password. Check both; the provider's settings may also have a switch that allows mail programs."
        case .appPasswordNeeded:
            "The provider asks for an app password, because two-step verification is on. Create one in the provider's security settings and enter it here instead of the usual password."
        case .credentialsMalformed:
            "The user name or password is empty or contains characters that mail servers do not accept. Enter both again."
        case .temporarilyUnavailable:
            "The SMTP server cannot serve at the moment. Try again in a few minutes."
        case .refused:
            "The SMTP server refuses connections from this computer. Check the server name and port, or ask the provider whether access is limited."
        case .protocolViolation(.unrequestedBytes(.startTLS)):
            "The SMTP server sent plain text where encryption was about to begin, so nothing was sent to it. Somebody on the way may be interfering; ask whoever runs the network or the server."
        case .protocolViolation:
            "What answers at this host and port is not an SMTP server. Check the server name and port."
        case .timedOut(.connecting):
            "The SMTP server did not answer in time. Check the server name and port; a firewall may also block this port."
        case .timedOut(.greeting):
            "The connection was made, but the SMTP server said nothing in time. Check the port and the kind of security: a port for TLS, usually 465, does not answer without it."
        case .timedOut:
            "The SMTP server stopped answering. Try again in a few minutes."
        case .closed(.tlsHandshake), .closed(.greeting):
            "The SMTP server closed the connection at once. Check the server name, the port and the kind of security."
        case .closed:
            "The SMTP server closed the connection before the sign-in was done. Try again in a few minutes."
        case .cancelled:
            "The check was stopped before it was done. Start it again."
        }
    }
}

extension SMTPError.ConnectFailure {
    public var sentence: String {
        switch self {
        case .hostUnknown: "No server of this name was found for SMTP. Check the spelling of the server name."
        case .portClosed:
            "Nothing answers at this port of the SMTP server. Check the port, usually 465 with TLS or 587 with STARTTLS."
        case .unreachable:
            "The SMTP server cannot be reached over the network. Check the server name, or try again later."
        case .cleartextBeyondLoopback:
            "Without encryption only an SMTP server on this very computer can be used. Choose TLS or STARTTLS."
        case .other: "The SMTP server could not be connected to. Check the server name and port, or try again later."
        }
    }
}

extension SMTPError.TLSFailure {
    public var sentence: String {
        switch self {
        case .nameMismatch:
            "The SMTP server's certificate is for another server name. Enter the name that the provider gives for SMTP, not an alias of it."
        case .expired: "The SMTP server's certificate has expired. Ask whoever runs the server to renew it."
        case .notYetValid:
            "The SMTP server's certificate is not valid yet. Check the clock of the computer that Mailcard runs on, or ask whoever runs the server."
        case .untrusted:
            "The SMTP server's certificate was not issued by an authority that is trusted here. Ask whoever runs the server, or add its authority to the computer that Mailcard runs on."
        case .notTLS:
            "The SMTP server does not speak TLS at this port. Choose STARTTLS, usually with port 587, or use port 465 with TLS."
        case .handshake:
            "No encrypted connection to the SMTP server could be agreed on. The server may only know outdated TLS; ask whoever runs it."
        }
    }
}
