/// The provider's name for one message in one folder: an IMAP UID in decimal, a Gmail id, a Graph ImmutableId.
///
/// Case-sensitive and opaque. For IMAP it is unique only together with the folder and its ``FolderEpoch``.
public struct RemoteMessageID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// An IMAP UID. Short strings are stored inline, so this costs no allocation.
    public init(uid: UInt32) { self.rawValue = String(uid) }

    /// The UID, where the id is one.
    public var uid: UInt32? { UInt32(rawValue) }

    public var description: String { rawValue }
}

/// What makes the ids of a folder valid: UIDVALIDITY in decimal for IMAP, empty where ids never expire.
///
/// When it changes, all ids of that folder are void and have to be mapped anew (RFC 9051, section 2.3.1.1).
public struct FolderEpoch: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// Where a provider stands in the history of a folder. Opaque: only the provider that made it reads it.
public struct Checkpoint: Hashable, Sendable {
    public let bytes: [UInt8]
    public init(bytes: [UInt8]) { self.bytes = bytes }
}

/// A message in a folder, to ask a provider for its text.
public struct RemoteReference: Hashable, Sendable {
    public let folder: RemoteFolder
    public let id: RemoteMessageID

    public init(folder: RemoteFolder, id: RemoteMessageID) {
        self.folder = folder
        self.id = id
    }
}
