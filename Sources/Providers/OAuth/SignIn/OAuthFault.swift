import Mirror
import Wording

/// Why there are no tokens, by who has to do something about it.
public enum OAuthFault: Error, Hashable, Sendable {
    /// The person has to sign in again.
    case signInNeeded(Phrase)
    /// The person signed in, and withheld something that was asked for.
    case consentIncomplete(missing: [String])
    /// The organisation's administrator at the provider has to allow something first.
    case administratorNeeded(Phrase)
    /// The installation is not registered rightly with the provider.
    case misconfigured(Phrase)
    /// The provider asks for a pause, of that many seconds where it says so.
    case throttled(Phrase, seconds: Int?)
    /// An outage or a network fault; nobody has to do anything.
    case transient(Phrase)

    /// What the words of RFC 6749 say, for providers without codes of their own.
    public init(_ refusal: OAuthRefusal) {
        self =
            switch refusal.error {
            case "invalid_grant", "interaction_required", "login_required", "consent_required":
                .signInNeeded("The provider does not accept the sign-in any more. Sign in again.")
            case "access_denied": .signInNeeded("The sign-in was cancelled. Sign in again and allow the access.")
            case "invalid_client", "unauthorized_client", "invalid_request", "invalid_scope",
                "unsupported_grant_type", "unsupported_response_type":
                .misconfigured(
                    "The provider does not accept this installation's registration. An administrator has to check client ID, secret and redirect address."
                )
            default: .transient("The provider cannot sign anybody in at the moment.")
            }
    }

    /// What happened, and what to do.
    public var sentence: Phrase {
        switch self {
        case .signInNeeded(let sentence), .administratorNeeded(let sentence), .misconfigured(let sentence),
            .throttled(let sentence, _), .transient(let sentence):
            sentence
        case .consentIncomplete(let missing):
            "Something that Mailcard needs was not allowed (\(missing.joined(separator: ", "))). Sign in again and leave everything ticked."
        }
    }
}

extension SourceError {
    /// What a failure to get tokens means for a mailbox. Only a definite refusal asks somebody to act.
    public init(_ fault: OAuthFault) {
        switch fault {
        case .signInNeeded, .consentIncomplete, .administratorNeeded: self = .signInNeeded(.provider(fault.sentence))
        case .misconfigured(let sentence): self = .misconfigured(sentence)
        case .throttled(let sentence, let seconds): self = .throttled(sentence, seconds: seconds)
        case .transient(let sentence): self = .transient(sentence)
        }
    }
}
