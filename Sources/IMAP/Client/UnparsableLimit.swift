/// Tells a server with a few bad responses from one that sends anything but IMAP: a line of nothing costs it one octet,
/// and the reader a hundred.
struct UnparsableLimit {
    /// Responses that may not be understood, beyond as many as were. A page of the worst server has a thousand: one for
    /// each message.
    static let limit = 1000
    /// Of those, how many are logged.
    static let logged = 10

    /// Not understood, less those that were understood since.
    private var excess = 0
    /// Not understood at all.
    private(set) var count = 0

    enum Verdict {
        case understood
        /// For the log, or not for it any more.
        case tolerated(isLogged: Bool)
        case excessive
    }

    mutating func received(_ response: Response) -> Verdict {
        guard case .unparsable = response else {
            excess = max(0, excess - 1)
            return .understood
        }
        excess += 1
        count += 1
        return excess > Self.limit ? .excessive : .tolerated(isLogged: count <= Self.logged)
    }
}
