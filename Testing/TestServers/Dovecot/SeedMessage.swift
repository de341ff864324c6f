import Foundation

/// A message to be put into a store before its server first opens it.
public struct SeedMessage: Sendable {
    public let bytes: [UInt8]
    /// Becomes its INTERNALDATE, to the second.
    public let internalDate: Date
    /// System flags such as `\Seen`; keywords are not kept.
    public let flags: Set<String>

    public init(_ bytes: [UInt8], internalDate: Date, flags: Set<String> = []) {
        self.bytes = bytes
        self.internalDate = internalDate
        self.flags = flags
    }
}
