/// What one FETCH response says of a message. Each part may be missing: servers answer partially, and send flag changes
/// unasked.
public struct FetchedMessage: Sendable {
    public let sequenceNumber: UInt32
    /// Of the whole response, as it came.
    public let octets: Int
    /// Neither 0 nor 4294967295, which no message can have (RFC 9051, section 2.3.1.1).
    public var uid: UInt32?
    /// Seconds since 1970 UTC.
    public var internalDate: Int64?
    /// RFC822.SIZE, in octets; at most ``sizeLimit``.
    public var size: Int?
    /// Bodies by section, as asked for: `1.2`, `HEADER.FIELDS (REFERENCES)`. Only what the server gave out, whole.
    public var sections: [String: [UInt8]] = [:]
    /// Sections for which the server said NIL: it has none, or it cannot read them.
    public var absentSections: Set<String> = []
    /// Sections that were longer than is kept, and were passed over.
    public var oversizedSections: Set<String> = []
    /// EMAILID (RFC 8474).
    public var emailID: String?
    public var modSequence: UInt64?
    /// Nil also where a literal in it was longer than is kept.
    public var envelope: Envelope? {
        get { keptEnvelope.value }
        set { keptEnvelope = Detail(newValue) }
    }
    /// Nil also where a literal in it was longer than is kept.
    public var bodyStructure: BodyStructure? {
        get { keptStructure.value }
        set { keptStructure = Detail(newValue) }
    }

    private var keptEnvelope = Detail<Envelope>.none
    private var keptStructure = Detail<BodyStructure>.none

    /// A terabyte. Larger sizes are made up, to be added until they overflow.
    public static let sizeLimit = 1 << 40

    init(sequenceNumber: UInt32, octets: Int) {
        self.sequenceNumber = sequenceNumber
        self.octets = octets
    }
}

/// Kept apart, since a listing of 100,000 messages has none of these.
private indirect enum Detail<Value: Sendable>: Sendable {
    case none
    case some(Value)

    init(_ value: Value?) { self = value.map { .some($0) } ?? .none }

    var value: Value? { if case .some(let value) = self { value } else { nil } }
}
