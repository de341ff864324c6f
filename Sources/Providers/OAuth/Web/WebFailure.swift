import Mirror
import Networking
import Wording

/// Why no whole answer came from a web service.
public enum WebFailure: Error, Hashable, Sendable {
    /// The name does not exist, or leads where this installation does not connect to.
    case refusedAddress(NetworkRefusal)
    case unreachable(host: String)
    case certificate(host: String)
    case timedOut(host: String)
    /// The connection ended, or what came was no HTTP.
    case interrupted(host: String)
    /// The answer is longer than the request allows.
    case tooLarge(host: String)
    /// The address is no URL that is asked: without TLS, and not on this machine.
    case malformedURL

    public var sentence: Phrase {
        switch self {
        case .refusedAddress(let refusal): refusal.sentence
        case .unreachable(let host): "\(host) cannot be reached."
        case .certificate(let host):
            "The certificate of \(host) is signed by nobody whom this server trusts, or is for another name."
        case .timedOut(let host): "\(host) stopped answering."
        case .interrupted(let host): "\(host) ended the connection."
        case .tooLarge(let host): "\(host) answered with more than can be read."
        case .malformedURL: "The address of the mail service is not one that can be asked. The log has the details."
        }
    }
}

extension SourceError {
    /// What a failure on the way to a web service means for a mailbox.
    public init(_ failure: WebFailure) {
        switch failure {
        case .refusedAddress(.unresolvedNow), .unreachable, .timedOut, .interrupted, .tooLarge:
            self = .transient(failure.sentence)
        // The network between may be what is wrong, so it is tried again, slowly.
        case .refusedAddress, .certificate, .malformedURL: self = .misconfigured(failure.sentence)
        }
    }
}
