/// Sorts what comes in answer to several UID FETCH commands that are under way together.
///
/// A server may work on them at the same time (RFC 9051, section 5.5): Dovecot goes on with the next one when its output
/// is full, so data of a later request comes among that of an earlier one, and both are completed together. Which
/// request a message belongs to is told by its UID alone.
struct PipelinedAnswers {
    /// Of the requests that were sent, in order.
    var tags: [String] = []
    private let requests: [FetchRequest]
    private var statuses: [String: StatusResponse] = [:]
    private var messages: [Int: [FetchedMessage]] = [:]
    private var unparsable: [String] = []
    /// The first request whose page was not taken.
    private var current = 0

    init(_ requests: [FetchRequest]) { self.requests = requests }

    func isCompleted(_ index: Int) -> Bool { statuses[tags[index]] != nil }

    /// The first request under way that is not completed.
    var firstOpen: Int? { (current..<max(current, tags.count)).first { !isCompleted($0) } }

    /// - Throws: ``IMAPError/protocolViolation(_:)`` for an answer without end.
    mutating func received(_ response: Response) throws(IMAPError) {
        switch response {
        case .tagged(let tag, let status): statuses[tag] = status
        case .fetch(let message):
            guard let uid = message.uid,
                let index = (current..<tags.count).first(where: { requests[$0].uids.contains(uid) })
            else { return }
            guard messages[index, default: []].count < Self.limit(requests[index].uids) else {
                throw .protocolViolation("UID FETCH is answered without end")
            }
            messages[index, default: []].append(message)
        case .unparsable(let reason):
            if unparsable.count < Self.limit(requests[current].uids) { unparsable.append(reason) }
        default: break
        }
    }

    /// Each message may come in a few pieces, and its flags may change meanwhile.
    private static func limit(_ asked: UIDSet) -> Int { asked.count * 8 + 1000 }

    /// What came for a completed request. Responses that nobody could understand are told with the page during which
    /// they came.
    mutating func takePage(_ index: Int) -> FetchedPage {
        guard let status = statuses.removeValue(forKey: tags[index]) else {
            preconditionFailure("a page is taken when it is completed")
        }
        defer { unparsable = [] }
        current = index + 1
        return FetchedPage(
            index: index, asked: requests[index].uids, messages: messages.removeValue(forKey: index) ?? [],
            status: status,
            unparsable: unparsable)
    }
}
