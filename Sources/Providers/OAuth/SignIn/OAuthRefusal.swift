/// What a provider answered instead of a code or tokens (RFC 6749, sections 4.1.2.1 and 5.2).
public struct OAuthRefusal: Error, Hashable, Sendable {
    /// Such as `invalid_grant`.
    public let error: String
    /// The provider's own words, for logs; providers put codes of their own in front.
    public let description: String
    /// Such as `basic_action` or `cancel`.
    public let subcode: String?
    /// The provider's own numbers of what went wrong.
    public let codes: [Int]
    /// 0 where it came through a browser.
    public let status: Int

    /// Characters of a description that are kept.
    private static let limit = 1000

    public init(error: String, description: String, subcode: String? = nil, codes: [Int] = [], status: Int = 0) {
        self.error = String(error.prefix(100))
        self.description = String(description.prefix(Self.limit))
        self.subcode = subcode
        self.codes = codes
        self.status = status
    }
}
