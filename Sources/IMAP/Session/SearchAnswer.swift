/// What comes in answer to one UID SEARCH (RFC 9051, sections 7.3.4 and 7.3.5).
///
/// Messages are taken for deleted because such an answer does not name them, and read because it does: it must be whole,
/// and what it names must be possible.
struct SearchAnswer {
    /// Messages that may have come since the server last said how many there are.
    static let arrivals = 10_000

    private let tag: String
    private let limit: Int
    private var found = UIDCollector()
    private var isAnswered = false
    private var lost: String?

    /// - Parameters:
    ///   - tag: of the command.
    ///   - mailbox: what is searched.
    init(tag: String, in mailbox: SelectedMailbox?) {
        self.tag = tag
        // Messages that have left may still be named.
        let known = (mailbox?.exists ?? 0) + (mailbox?.expungedWhileSelected ?? 0)
        limit = min(known, SelectedMailbox.messageLimit) + Self.arrivals
    }

    mutating func received(_ response: Response) throws(IMAPError) {
        switch response {
        case .search(let uids):
            if uids.contains(0) { throw Self.violation("a UID of nought") }
            try add(uids.lazy.map { $0...$0 })
        case .extendedSearch(let answers, let all, _) where answers == nil || answers == tag:
            guard all.count <= limit else { throw tooMany(all.count) }
            try add(all.ranges)
        // Garbage about something else, such as VANISHED of iCloud, costs itself only.
        case .unparsable(let reason) where reason.uppercased().contains("SEARCH"): lost = reason
        default: break
        }
    }

    private mutating func add(_ ranges: some Sequence<ClosedRange<UInt32>>) throws(IMAPError) {
        isAnswered = true
        found.add(ranges)
        // Before the end, so that an answer without end has one.
        guard found.countWhenSorted <= limit else { throw tooMany(found.countWhenSorted) }
    }

    /// - Throws: ``IMAPError/protocolViolation(_:)`` unless all of the answer came and was understood.
    func result() throws(IMAPError) -> UIDSet {
        // Without any answer, "nothing" and "lost" look alike; RFC 9051 requires an answer with RETURN, RFC 3501 a
        // SEARCH.
        if let lost { throw .protocolViolation(lost) }
        guard isAnswered else { throw .protocolViolation("UID SEARCH was not answered") }
        let result = found.set
        guard result.count <= limit else { throw tooMany(result.count) }
        // UIDNEXT has 32 bits too and is above every UID (RFC 9051, section 2.3.1.1); "*" stands for no number here.
        if result.max == .max { throw Self.violation("the UID 4294967295") }
        return result
    }

    private func tooMany(_ count: Int) -> IMAPError {
        Self.violation("\(count) messages where there are \(limit - Self.arrivals)")
    }

    private static func violation(_ what: String) -> IMAPError {
        .protocolViolation("UID SEARCH was answered by \(what)")
    }
}
