/// An entry of LIST (RFC 9051, section 7.3.1), with the STATUS that came along with it.
public struct MailboxListing: Hashable, Sendable {
    public let name: MailboxName
    /// Lower case, with their backslash.
    public internal(set) var attributes: Set<String>
    public let delimiter: UInt8?
    public var status: MailboxStatusData?

    public init(name: MailboxName, attributes: Set<String>, delimiter: UInt8?, status: MailboxStatusData? = nil) {
        self.name = name
        self.attributes = attributes
        self.delimiter = delimiter
        self.status = status
    }

    /// \NonExistent implies \Noselect (RFC 5258, section 3).
    public var isSelectable: Bool { !attributes.contains("\\noselect") && !attributes.contains("\\nonexistent") }
}

/// NAMESPACE (RFC 2342): the prefixes of mailboxes that are not the person's own.
public struct Namespace: Hashable, Sendable {
    public var others: [[UInt8]] = []
    public var shared: [[UInt8]] = []

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
    public var exists = 0
    /// Whether the server has told `exists`; where it has not, the mailbox is not empty but unknown.
    var knowsExists = false
    /// Nil where the server told none, or nought.
    public var uidValidity: UInt32?
    public var uidNext: UInt32?
    /// Nil where the server told none, or nought, or NOMODSEQ.
    public var highestModSequence: UInt64?
    /// What the server reported as vanished since the known mod-sequence (RFC 7162, section 3.2.5).
    public var vanished = UIDSet()
    /// Messages that left while the mailbox was selected, by EXPUNGE or VANISHED.
    public var expungedWhileSelected = 0

    init(name: MailboxName) { self.name = name }
}
