public import Foundation

/// One call that a sandbox answered, for tests that count requests and octets.
public struct SandboxCall: Hashable, Sendable {
    public var method: String
    /// Percent-encoded, as it came.
    public var path: String
    public var query: String
    /// 0 where the connection was ended without an answer.
    public var status: Int
    /// Octets of the request's body.
    public var received: Int
    /// Octets of the answer's body that were sent.
    public var sent: Int
    /// The account whose mailbox the call was about, where a token named one.
    public var account: String?
    /// By the sandbox's clock.
    public var at: Date
    /// Whether it was a part of a batch; a batch counts as one call itself, and each part as one.
    public var isBatchPart: Bool
}
