import Wording

/// Why a provider could not be read. The kind decides what happens next; only ``signInNeeded(_:)`` asks a person to
/// act.
public enum SourceError: Error, Hashable, Sendable {
    /// A network fault, an outage, an answer cut off: tried again with growing pauses.
    case transient(Phrase)
    /// The provider asks for a pause, of that many seconds where it says so.
    case throttled(Phrase, seconds: Int?)
    /// The provider definitely refused the credentials.
    case signInNeeded(SignInReason)
    /// The settings cannot work: no such host, a certificate for another name, no IMAP there.
    case misconfigured(Phrase)
    /// One folder cannot be read although it is listed; the others can.
    case folderUnreadable(Phrase)
    /// The provider says definitely that a folder does not exist.
    case folderMissing(Phrase)

    /// Whether it says something about one folder only; the others can be read.
    public var concernsFolder: Bool {
        switch self {
        case .folderUnreadable, .folderMissing: true
        case .transient, .throttled, .signInNeeded, .misconfigured: false
        }
    }

    /// For the mailbox page.
    public var sentence: Phrase {
        switch self {
        case .transient(let sentence), .throttled(let sentence, _), .misconfigured(let sentence),
            .folderUnreadable(let sentence), .folderMissing(let sentence):
            sentence
        case .signInNeeded(let reason): reason.sentence
        }
    }
}

/// Why a person has to sign in again.
public enum SignInReason: Hashable, Sendable {
    case wrongCredentials
    case applicationPasswordRequired
    case imapDisabled
    case webLoginRequired
    case credentialsUnreadable
    /// The provider that the person signs in at says why, and what to do.
    case provider(Phrase)

    public var sentence: Phrase {
        switch self {
        case .wrongCredentials:
            "The mail server refused the password. Sign in again with the current one."
        case .applicationPasswordRequired:
            "The provider asks for an app password, because two-step verification is on. Create one in the provider's security settings and sign in again with it."
        case .imapDisabled:
            "IMAP is switched off for this mailbox. Switch it on in the provider's settings, then sign in again."
        case .webLoginRequired:
            "The provider wants you to sign in once in its web mail, to confirm that it is you. Do that, then sign in again here."
        case .credentialsUnreadable:
            "The stored password cannot be read with this installation's key. Sign in again."
        case .provider(let sentence): sentence
        }
    }
}
