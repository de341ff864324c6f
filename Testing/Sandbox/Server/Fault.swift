/// Something that goes wrong with the calls that it fits.
public struct Fault: Hashable, Sendable {
    /// What happens to a call.
    public enum Effect: Hashable, Sendable {
        /// 429 with `Retry-After`, in seconds; nil for an answer that does not say when.
        case throttle(retryAfter: Int?)
        /// This status, with an error body in the service's own shape; nothing is done.
        case fail(status: Int, code: String)
        /// The answer comes after so many milliseconds.
        case delay(milliseconds: Int)
        /// The call is carried out, and the answer's body ends after so many octets.
        case truncate(after: Int)
        /// The call is carried out, and the connection ends without an answer.
        case loseAnswer
        /// The connection ends, and nothing is done.
        case refuse
        /// Every delta token given out so far is forgotten before the call is carried out.
        case expireDeltaTokens
        /// The access token is refused, as if it had run out.
        case rejectToken
    }

    public var effect: Effect
    /// GET, POST …; nil for every method.
    public var method: String?
    /// A part of the path, percent-decoded; nil for every path but those of the controls.
    public var path: String?
    /// How many calls that fit pass before the fault begins.
    public var skipping: Int
    /// How many calls it touches; nil for all.
    public var times: Int?

    public init(_ effect: Effect, method: String? = nil, path: String? = nil, skipping: Int = 0, times: Int? = 1) {
        self.effect = effect
        self.method = method
        self.path = path
        self.skipping = skipping
        self.times = times
    }

    func fits(method: String, path: String) -> Bool {
        if let wanted = self.method, wanted.uppercased() != method.uppercased() { return false }
        if let part = self.path, !path.contains(part) { return false }
        return true
    }
}
