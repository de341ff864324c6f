import CRM
import Mail

/// What a page of facts changes in the mirror; a value that tests compare. Applying it is a plain sequence of writes,
/// in one transaction with the page's checkpoint.
public struct PagePlan: Hashable, Sendable {
    /// Messages to be mirrored that stood nowhere in the mailbox so far.
    public var inserts: [NewMessage] = []
    /// Messages of the mirror that stand in this folder too: moved, copied, or under a new UID.
    public var newLocations: [NewLocation] = []
    /// Ids that are not in this folder any more, or whose message has no contact any more.
    public var removedLocations: [RemoteMessageID] = []
    /// Messages of the mirror that belong on other cards than they stand on.
    public var rematches: [Rematch] = []
    public var excluded: [ExcludedMessage] = []
    /// Ids that were excluded, and are gone or not excluded any more.
    public var notExcluded: [RemoteMessageID] = []
    public var setAsides: [UnreadableMessage] = []
    /// Ids that were set aside, and are gone or readable now.
    public var readableAgain: [RemoteMessageID] = []
    /// By how much the number of messages without a contact changes.
    public var noContact = 0

    public init() {}

    /// Whether the plan changes nothing but counts.
    public var isEmpty: Bool {
        inserts.isEmpty && newLocations.isEmpty && removedLocations.isEmpty && rematches.isEmpty && excluded.isEmpty
            && notExcluded.isEmpty && setAsides.isEmpty && readableAgain.isEmpty
    }
}

public struct NewMessage: Hashable, Sendable {
    /// Where it stands in the folder; more than one when the folder holds copies.
    public var ids: [RemoteMessageID]
    public let identity: MessageIdentity
    public let entry: MessageEntry
    public let matches: [ContactMatch]

    public init(ids: [RemoteMessageID], identity: MessageIdentity, entry: MessageEntry, matches: [ContactMatch]) {
        self.ids = ids
        self.identity = identity
        self.entry = entry
        self.matches = matches
    }
}

public struct NewLocation: Hashable, Sendable {
    public let id: RemoteMessageID
    public let message: StoredMessageID

    public init(id: RemoteMessageID, message: StoredMessageID) {
        self.id = id
        self.message = message
    }
}

public struct Rematch: Hashable, Sendable {
    public let message: StoredMessageID
    public let matches: [ContactMatch]

    public init(message: StoredMessageID, matches: [ContactMatch]) {
        self.message = message
        self.matches = matches
    }
}

public struct ExcludedMessage: Hashable, Sendable {
    public let id: RemoteMessageID
    public let rule: ExclusionRule
    /// The contacts' addresses on it, by `EmailAddress.matchKey`. When none of them is a contact's any more, the
    /// message is one without a contact.
    public let addresses: Set<String>

    public init(id: RemoteMessageID, rule: ExclusionRule, addresses: Set<String>) {
        self.id = id
        self.rule = rule
        self.addresses = addresses
    }
}
