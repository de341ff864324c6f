/// What one FETCH response says of a message. Each part may be missing: servers answer partially, and send flag changes
/// unasked.
public struct FetchedMessage: Sendable {
    public let sequenceNumber: UInt32
    public var uid: UInt32?
    public var envelope: Envelope?
    /// Seconds since 1970 UTC.
    public var internalDate: Int64?
    /// RFC822.SIZE, in octets.
    public var size: Int?
    public var bodyStructure: BodyStructure?
    /// Bodies by section, as asked for: `1.2`, `HEADER.FIELDS (REFERENCES)`.
    public var sections: [String: [UInt8]] = [:]
    /// EMAILID (RFC 8474).
    public var emailID: String?
    public var modSequence: UInt64?
    /// A literal was longer than the limit and was passed over.
    public var isOversized = false

    init(sequenceNumber: UInt32) { self.sequenceNumber = sequenceNumber }
}
