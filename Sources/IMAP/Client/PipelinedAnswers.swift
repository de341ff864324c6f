/// Sorts what comes in answer to several UID FETCH commands that are under way together.
///
/// A server may work on them at the same time (RFC 9051, section 5.5): Dovecot goes on with the next one when its output
/// is full, so data of a later request comes among that of an earlier one, and both are completed together. Which
/// request a message belongs to is told by its UID alone.
struct PipelinedAnswers {
    private struct Answer {
        var messages: [FetchedMessage] = []
        /// Of the messages that are kept.
        var cost = 0
        /// Of all that came.
        var count = 0
        var octets = 0
        var isCut = false
    }

    /// Of the requests that were sent, in order.
    var tags: [String] = []
    private let requests: [FetchRequest]
    private var statuses: [String: StatusResponse] = [:]
    private var answers: [Int: Answer] = [:]
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
            try take(message, in: index)
        case .unparsable(let reason):
            if unparsable.count < UnparsableLimit.limit { unparsable.append(reason) }
        default: break
        }
    }

    private mutating func take(_ message: FetchedMessage, in index: Int) throws(IMAPError) {
        let request = requests[index]
        let cost = message.octets + FetchRequest.messageCost
        // Taken out for the while: what two hold is copied for each message.
        var answer = answers.removeValue(forKey: index) ?? Answer()
        answer.count += 1
        answer.octets += cost
        guard answer.count <= Self.limit(request.uids), answer.octets <= request.budget * Self.patience else {
            throw .protocolViolation("UID FETCH is answered without end")
        }
        if answer.messages.isEmpty || answer.cost + cost <= request.budget {
            answer.cost += cost
            answer.messages.append(message)
        } else {
            answer.isCut = true
        }
        answers[index] = answer
    }

    /// Budgets that an answer may take on the wire, passed over for the most part, before it is taken for one without
    /// end.
    private static let patience = 16

    /// Each message may come in a few pieces, and its flags may change meanwhile.
    private static func limit(_ asked: UIDSet) -> Int { min(asked.count, SelectedMailbox.messageLimit) * 8 + 1000 }

    /// What came for a completed request. Responses that nobody could understand are told with the page during which
    /// they came.
    mutating func takePage(_ index: Int) -> FetchedPage {
        guard let status = statuses.removeValue(forKey: tags[index]) else {
            preconditionFailure("a page is taken when it is completed")
        }
        defer { unparsable = [] }
        current = index + 1
        let answer = answers.removeValue(forKey: index) ?? Answer()
        return FetchedPage(
            index: index, asked: requests[index].uids, messages: answer.messages, isCut: answer.isCut, status: status,
            unparsable: unparsable)
    }
}
