import Mail
import Wording

/// One mailbox at one provider, read-only. It reports facts and decides nothing.
///
/// Every failure is a ``SourceError``; an error is never an empty answer. An implementation does not alter the mailbox
/// in any way, not even a flag.
public protocol MailSource: Sendable {
    /// Who the mailbox belongs to, as far as the provider tells.
    func identity() async throws -> SourceIdentity

    /// All folders, with their role; complete or a failure.
    func folders() async throws -> [RemoteFolder]

    /// What changed in `folder` since `checkpoint`, page by page, newest messages first; without a checkpoint,
    /// everything.
    ///
    /// Each page carries the checkpoint that it leads to, to be stored together with what the page says. The next page
    /// is read while `page` runs, but no more than a few pages ahead. `mirrored` gives the ids that stand in the mirror
    /// for that folder, for providers where asking after those is cheaper than a listing.
    ///
    /// A folder that alone is refused throws ``SourceError/folderUnreadable(_:)``; where every folder is refused, it
    /// is the mailbox's trouble and another error.
    func changes(
        in folder: RemoteFolder, since checkpoint: Checkpoint?,
        mirrored: @Sendable @escaping () async throws -> [RemoteMessageID],
        page: @Sendable @escaping (ChangePage) async throws -> Void
    ) async throws -> ChangesOutcome

    /// Whether a message was there to be reported under `checkpoint`, judged by its id alone.
    func covers(_ checkpoint: Checkpoint, _ id: RemoteMessageID) -> Bool

    /// The complete set of messages in `folder`, or a failure; never a partial set. ``SourceError/folderMissing(_:)``
    /// only where the provider says that there is no such folder.
    func listing(of folder: RemoteFolder) async throws -> RemoteListing

    /// Messages in `folder`, among those that `checkpoint` covers, that seem to involve one of `addresses`. It may
    /// report too many, and the planner decides; it must not be relied upon to report all where the provider's search
    /// is weak. Those that the provider cannot describe are reported as well.
    func find(
        _ addresses: [EmailAddress], in folder: RemoteFolder, coveredBy checkpoint: Checkpoint,
        page: @Sendable @escaping ([MessageFact], [UnreadableMessage]) async throws -> Void
    ) async throws

    /// Describes single messages again. One that has gone meanwhile is in neither answer.
    func describe(_ ids: [RemoteMessageID], in folder: RemoteFolder) async throws -> (
        present: [MessageFact], unreadable: [UnreadableMessage]
    )

    /// The plain text of messages, delivered one by one in any order. A message that cannot be read is delivered as a
    /// failure and does not hold up the others; so is each message of a folder that does not open. One that has gone
    /// meanwhile is not delivered.
    func texts(
        of messages: [RemoteReference],
        deliver: @Sendable @escaping (RemoteReference, Result<FetchedText, TextFailure>) async throws -> Void
    ) async throws

    /// Where a message stands in the whole mailbox, the folders that are not mirrored included.
    func locate(_ query: MessageQuery) async throws -> LocatedMessages

    /// Returns when something may have changed, or when `limit` has passed. Only a hint to look now; never proof of
    /// anything.
    func waitForChange(limit: Duration) async throws -> ChangeHint

    /// Ends all connections.
    func close() async
}

/// Who a mailbox belongs to.
public struct SourceIdentity: Hashable, Sendable {
    /// The primary address, where the provider tells; IMAP does not.
    public let primaryAddress: EmailAddress?
    public let aliases: [EmailAddress]
    /// The provider's name of the account, stable where there is such a thing.
    public let accountID: String
    /// What the server calls itself, for the mailbox page and the log.
    public let server: String

    public init(primaryAddress: EmailAddress?, aliases: [EmailAddress], accountID: String, server: String) {
        self.primaryAddress = primaryAddress
        self.aliases = aliases
        self.accountID = accountID
        self.server = server
    }
}

/// A page of changes of one folder.
public struct ChangePage: Sendable {
    /// Messages that stand in the folder.
    public var present: [MessageFact]
    /// Messages that stand in the folder and that the provider could not describe, each found by halving.
    public var unreadable: [UnreadableMessage]
    public var gone: Gone
    /// How many messages the provider counts in the folder.
    public var listed: Int
    /// How many of those have been reported, this page included.
    public var processed: Int
    /// Messages came and went between two looks, so a message that moves may have been missed.
    public var sawTransients: Bool
    /// With this page, every message of the folder has been reported under this checkpoint or its predecessors.
    public var isScanComplete: Bool
    public var checkpoint: Checkpoint

    public init(
        present: [MessageFact] = [], unreadable: [UnreadableMessage] = [], gone: Gone = .none, listed: Int,
        processed: Int,
        sawTransients: Bool = false, isScanComplete: Bool, checkpoint: Checkpoint
    ) {
        self.present = present
        self.unreadable = unreadable
        self.gone = gone
        self.listed = listed
        self.processed = processed
        self.sawTransients = sawTransients
        self.isScanComplete = isScanComplete
        self.checkpoint = checkpoint
    }
}

/// Which messages left a folder, and how sure that is.
///
/// `total` counts the messages that left among all that were reported under the checkpoint that the reading began with,
/// mirrored or not; it is 0 for a reading from the start.
public enum Gone: Sendable {
    case none
    /// The provider named them, and the counts agree with it.
    case reported([RemoteMessageID], total: Int)
    /// The mirrored ones were asked after one by one; these were not there any more.
    case confirmed([RemoteMessageID], total: Int)
    /// The folder holds exactly these.
    case allExcept(RemoteListing, total: Int)
}

/// A message that stands in a folder and could not be described by the provider.
public struct UnreadableMessage: Hashable, Sendable {
    public let id: RemoteMessageID
    /// For the mailbox page: what went wrong, in a sentence.
    public let reason: Phrase

    public init(id: RemoteMessageID, reason: Phrase) {
        self.id = id
        self.reason = reason
    }
}

/// How a read of changes ended.
public enum ChangesOutcome: Hashable, Sendable {
    /// Nothing had changed; no page was delivered.
    case unchanged
    /// All pages were delivered; the folder is confirmed.
    case complete
    /// The checkpoint cannot be continued from. Everything has to be read anew, and mapped to what is known.
    case checkpointUnusable(CheckpointFault)
    /// The folder is not there any more.
    case folderMissing
}

public enum CheckpointFault: String, Hashable, Sendable {
    case epochChanged, expired, countsDisagree, malformed
}

/// Something may have changed.
public enum ChangeHint: Hashable, Sendable {
    case changed
    case timeLimitReached
}

/// The text of a message, with what else is learned when it is read.
public struct FetchedText: Hashable, Sendable {
    /// Plain text, line ends `\n`, no control characters.
    public let text: String
    /// Why the text is not whole, where it is not.
    public let isTruncated: Bool
    public let attachments: [AttachmentSummary]
    /// Message-IDs of the References field, oldest first, in canonical form.
    public let references: [String]

    public init(text: String, isTruncated: Bool, attachments: [AttachmentSummary], references: [String]) {
        self.text = text
        self.isTruncated = isTruncated
        self.attachments = attachments
        self.references = references
    }
}

/// The text of one message could not be had.
public struct TextFailure: Error, Hashable, Sendable {
    public let reason: Phrase
    /// Its folder does not open, which is no fault of the message and often passes soon.
    public let concernsFolder: Bool

    public init(reason: Phrase, concernsFolder: Bool = false) {
        self.reason = reason
        self.concernsFolder = concernsFolder
    }
}

/// A question after one message.
public enum MessageQuery: Hashable, Sendable {
    case messageID(String)
    /// Words of the subject, and the day (seconds since 1970 UTC of any moment in it) where known.
    case subject(String, day: Int64?)
}

/// What came of a ``MessageQuery``.
public struct LocatedMessages: Hashable, Sendable {
    public var messages: [LocatedMessage]
    /// Folders that could not be asked: the message may stand there.
    public var unasked: [UnaskedFolder]

    public init(messages: [LocatedMessage] = [], unasked: [UnaskedFolder] = []) {
        self.messages = messages
        self.unasked = unasked
    }
}

public struct UnaskedFolder: Hashable, Sendable {
    public let folder: RemoteFolder
    /// In a sentence.
    public let reason: Phrase

    public init(folder: RemoteFolder, reason: Phrase) {
        self.folder = folder
        self.reason = reason
    }
}

/// A message that a ``MessageQuery`` is about.
public struct LocatedMessage: Hashable, Sendable {
    public let folder: RemoteFolder
    public let fact: MessageFact

    public init(folder: RemoteFolder, fact: MessageFact) {
        self.folder = folder
        self.fact = fact
    }
}
