import Wording

/// The state of a mailbox as a person is told. Stored as JSON. Times are seconds since 1970 UTC.
public enum MailboxStatus: Codable, Hashable, Sendable {
    /// Connected by the person; nothing read yet.
    case connecting
    /// Messages read so far, of how many the provider counts.
    case firstSync(processed: Int, listed: Int)
    case upToDate
    /// The provider asked for a pause.
    case throttled(until: Int64, reason: Phrase)
    /// An outage or a network fault; no one has to do anything.
    case retrying(at: Int64, reason: Phrase)
    /// The credentials were definitely refused. A person has to act.
    case signInNeeded(reason: Phrase)
    /// The settings do not work: no such host, a wrong certificate. It is tried again; it may be the server's fault.
    case misconfigured(reason: Phrase)
    case paused

    /// Whether messages and their texts are on the way.
    public var isReading: Bool {
        switch self {
        case .connecting, .firstSync, .upToDate: true
        case .throttled, .retrying, .signInNeeded, .misconfigured, .paused: false
        }
    }
}

/// The outcome of a check of the mirror against the mailbox. Stored as JSON.
public struct MirrorCheck: Codable, Hashable, Sendable {
    /// Seconds since 1970 UTC.
    public var startedAt: Int64
    public var finishedAt: Int64?
    /// Messages whose headers were read again.
    public var read: Int
    /// Messages that should have stood in the mirror and did not; they do now.
    public var missing: Int
    /// Messages that stood in the mirror and should not have; they are gone now.
    public var extra: Int
    /// The names of folders that could not be read and so were not compared.
    public var skipped: [String]?
    /// Why it came to no end; it is begun again later.
    public var problem: Phrase?

    public init(startedAt: Int64, finishedAt: Int64? = nil, read: Int = 0, missing: Int = 0, extra: Int = 0) {
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.read = read
        self.missing = missing
        self.extra = extra
    }
}
