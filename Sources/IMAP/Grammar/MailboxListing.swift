/// An entry of LIST (RFC 9051, section 7.3.1), with the STATUS that came along with it.
public struct MailboxListing: Hashable, Sendable {
    public let name: MailboxName
    /// Lower case, with their backslash.
    public internal(set) var attributes: Set<String>
    public let delimiter: UInt8?
    public var status: MailboxStatusData?

    /// Mailboxes of an account. Those who read the mail of a whole company see some thousand.
    public static let listLimit = 20_000
    /// Of one mailbox; there are some twenty in all.
    static let attributeLimit = 100

    public init(name: MailboxName, attributes: Set<String>, delimiter: UInt8?, status: MailboxStatusData? = nil) {
        self.name = name
        self.attributes = attributes
        self.delimiter = delimiter
        self.status = status
    }

    mutating func add(_ more: Set<String>) {
        if attributes.count < Self.attributeLimit { attributes.formUnion(more) }
    }

    /// Whether the name is one that a person may have given.
    var isReasonable: Bool {
        guard name.bytes.count <= MailboxName.octetLimit else { return false }
        return name.bytes.count { $0 == delimiter } < MailboxName.levelLimit
    }

    /// \NonExistent implies \Noselect (RFC 5258, section 3).
    public var isSelectable: Bool { !attributes.contains("\\noselect") && !attributes.contains("\\nonexistent") }
}

/// NAMESPACE (RFC 2342): the prefixes of mailboxes that are not the person's own.
public struct Namespace: Hashable, Sendable {
    public var personal: [[UInt8]] = []
    public var others: [[UInt8]] = []
    public var shared: [[UInt8]] = []

    /// Of each kind. Servers have one or two.
    static let prefixLimit = 1000

    public init() {}
}

/// STATUS (RFC 9051, section 7.3.4). What was not told is nil.
public struct MailboxStatusData: Hashable, Sendable {
    public var messages: Int?
    public var uidNext: UInt32?
    public var uidValidity: UInt32?
    public var highestModSequence: UInt64?

    public init() {}
}

/// What EXAMINE told of a mailbox, kept up to date by what comes unasked.
public struct SelectedMailbox: Hashable, Sendable {
    public let name: MailboxName
    /// At most ``messageLimit``.
    public var exists = 0
    /// Whether the server has told `exists`; where it has not, the mailbox is not empty but unknown.
    var knowsExists = false
    /// Nil where the server told none, or nought.
    public var uidValidity: UInt32?
    public var uidNext: UInt32?
    /// Nil where the server told none, or nought, or NOMODSEQ.
    public var highestModSequence: UInt64?
    /// What the server reported as vanished since the known mod-sequence (RFC 7162, section 3.2.5). It may name what
    /// never was. Empty where it came in more than ``vanishedLimit`` ranges; a listing then tells what is left.
    public var vanished: UIDSet { reportsTooManyVanished ? UIDSet() : vanishedCollector.set }
    private var vanishedCollector = UIDCollector()
    private var reportsTooManyVanished = false
    /// Messages that left while the mailbox was selected, by EXPUNGE or VANISHED; no more than there were.
    public var expungedWhileSelected = 0

    /// Messages of a mailbox. The largest archives hold some millions; whoever claims more wants the reader to
    /// make room for them.
    public static let messageLimit = 10_000_000
    /// Ranges of vanished messages that are kept: 16 MB.
    public static let vanishedLimit = 1_000_000

    init(name: MailboxName) { self.name = name }

    mutating func vanished(_ uids: UIDSet) {
        guard !reportsTooManyVanished else { return }
        vanishedCollector.add(uids.ranges)
        guard vanishedCollector.keptRanges > 2 * Self.vanishedLimit else { return }
        reportsTooManyVanished = true
        vanishedCollector = UIDCollector()
    }
}
