extension IMAPConnection {
    /// UIDs of the selected mailbox that fulfil `criteria` (RFC 9051, section 6.4.4), as ranges where the server has
    /// ESEARCH.
    /// - Parameter strings: arguments that stand for `?` in `criteria`, in order. Any bytes; UTF-8 where not ASCII.
    /// - Throws: ``IMAPError/protocolViolation(_:)`` where the answer is not whole, names a UID that no message can have
    ///   (0, 4294967295) or more messages than the mailbox holds, with 10,000 to spare for new ones. What is returned
    ///   can be counted, and its members walked through; above its highest UID there is another number.
    public func search(_ criteria: String, strings: [[UInt8]] = []) async throws -> UIDSet {
        let isExtended = session.can(.esearch) || session.can(.imap4rev2)
        var command = Command("UID SEARCH")
        if isExtended { command.append(" RETURN (ALL)") }
        // Yahoo refuses CHARSET where it is not needed.
        if !usesUTF8, strings.contains(where: { $0.contains { $0 >= 0x80 } }) { command.append(" CHARSET UTF-8") }
        var rest = strings[...]
        for (index, piece) in criteria.split(separator: "?", omittingEmptySubsequences: false).enumerated() {
            if index > 0, let string = rest.popFirst() { command.append(string: string, isUTF8: usesUTF8) }
            let trimmed = piece.drop { $0 == " " }
            if !trimmed.isEmpty { command.append((trimmed.hasPrefix(")") ? "" : " ") + trimmed.trimmingTrailingSpace) }
        }
        let tag = try await send(command)
        var answer = SearchAnswer(tag: tag, in: session.selected)
        let status = try await completion(of: tag) { try answer.received($0) }
        _ = try checked(status, "UID SEARCH")
        do {
            return try answer.result()
        } catch {
            close()
            throw error
        }
    }

    /// Fetches messages of the selected mailbox, keeping the server busy: the next request is on its way before the
    /// answer to this one is here.
    ///
    /// A request that the server answers by NO or BAD is delivered with that status, and one whose answer is larger than
    /// its budget without the rest; deciding is the caller's.
    /// - Parameters:
    ///   - depth: requests under way at a time.
    ///   - deliver: called once a request, in order. When it returns false, the answers that are still under way are
    ///   passed over and the rest is not asked for.
    public func fetch(
        _ requests: [FetchRequest], depth: Int = 3, deliver: @Sendable (FetchedPage) async throws -> Bool
    ) async throws {
        var answers = PipelinedAnswers(requests)
        do {
            for index in requests.indices {
                while answers.tags.count < requests.count, answers.tags.count < index + depth {
                    let request = requests[answers.tags.count]
                    answers.tags.append(try await send(Command("UID FETCH", "\(request.uids) (UID \(request.items))")))
                }
                try await complete(index, of: &answers)
                if try await !deliver(answers.takePage(index)) {
                    while let open = answers.firstOpen { try await complete(open, of: &answers) }
                    return
                }
            }
        } catch {
            // What is under way would be taken for the answers of the next command.
            close()
            throw error
        }
    }

    /// Makes one request.
    public func fetch(_ request: FetchRequest) async throws -> FetchedPage {
        var answers = PipelinedAnswers([request])
        answers.tags = [try await send(Command("UID FETCH", "\(request.uids) (UID \(request.items))"))]
        try await complete(0, of: &answers)
        return answers.takePage(0)
    }

    private func complete(_ index: Int, of answers: inout PipelinedAnswers) async throws {
        while !answers.isCompleted(index) {
            do {
                try answers.received(try await next())
            } catch let error as IMAPError {
                if case .protocolViolation = error { close() }
                throw error
            }
        }
    }
}

/// What one UID FETCH asks for.
public struct FetchRequest: Sendable {
    public let uids: UIDSet
    /// The names of data items, without UID, such as `ENVELOPE INTERNALDATE`.
    public let items: String
    /// Octets of an answer that are kept, until the page is delivered. Each response counts with what it took on the
    /// wire and ``messageCost``.
    public let budget: Int

    /// Thousand envelopes have 1 or 2 MB.
    public static let defaultBudget = 32 << 20
    /// What a message takes in memory besides its octets, about.
    public static let messageCost = 100

    public init(_ uids: UIDSet, _ items: String, budget: Int = defaultBudget) {
        self.uids = uids
        self.items = items
        self.budget = budget
    }
}

/// What came of a ``FetchRequest``.
public struct FetchedPage: Sendable {
    /// Which of the requests.
    public let index: Int
    public let asked: UIDSet
    /// In the order of arrival. What nobody asked for is not here; a message may come in several pieces.
    public let messages: [FetchedMessage]
    /// Whether the answer was larger than the request's budget, so that messages of it were passed over; the first is
    /// always here. They are to be asked for again, fewer at a time: half of them, and so on.
    public let isCut: Bool
    public let status: StatusResponse
    /// Responses that could not be understood while this one was read.
    public let unparsable: [String]
}

extension Substring {
    fileprivate var trimmingTrailingSpace: Substring {
        var result = self
        while result.last == " " { result.removeLast() }
        return result
    }
}
