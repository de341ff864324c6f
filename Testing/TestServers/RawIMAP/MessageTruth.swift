import Foundation

/// A message as the server holds it: what a mirror is compared with.
public struct MessageTruth: Hashable, Sendable {
    public let uid: UInt32
    public let flags: Set<String>
    /// Where the server has CONDSTORE.
    public let modificationSequence: UInt64?
    public let internalDate: Date
    /// In octets, with every line ended by CRLF.
    public let size: Int
    /// As it stands in the header, angle brackets included; nil where there is none.
    public let messageID: String?
    /// The whole message; empty when only the rest was asked for.
    public let body: [UInt8]
}

/// A folder as LIST names it.
public struct ListedFolder: Hashable, Sendable {
    public let name: String
    public let attributes: Set<String>
    public let delimiter: String?
}

/// What STATUS says of a folder.
public struct FolderStatus: Hashable, Sendable {
    public let messages: Int
    public let uidNext: UInt32
    public let uidValidity: UInt32
    /// Where the server has CONDSTORE.
    public let highestModificationSequence: UInt64?
}
