import CRM
import Mirror
import Store
import Synchronization

/// Stores texts as they come, a batch in a transaction.
final class TextStoring: Sendable {
    private let context: MailboxContext
    private let pending: [RemoteReference: PendingText]
    private let batch: Int
    private let writes: WriteBehind
    private let state: Mutex<State>

    private struct State {
        /// Of which nothing was heard.
        var open: [RemoteReference: PendingText]
        var outcomes: [TextOutcome] = []
    }

    /// - Parameter batch: texts that are stored together.
    init(context: MailboxContext, pending: [RemoteReference: PendingText], batch: Int, writes: WriteBehind) {
        self.context = context
        self.pending = pending
        self.batch = batch
        self.writes = writes
        state = Mutex(State(open: pending))
    }

    /// Takes what the provider answered for one message.
    func add(_ reference: RemoteReference, _ result: Result<FetchedText, TextFailure>) async throws {
        guard let text = pending[reference] else { return }
        let outcome = try outcome(text, reference, result)
        let isFull = state.withLock { state in
            state.open[reference] = nil
            state.outcomes.append(outcome)
            return state.outcomes.count >= batch
        }
        if isFull { try await write() }
    }

    private func outcome(
        _ text: PendingText, _ reference: RemoteReference, _ result: Result<FetchedText, TextFailure>
    ) throws -> TextOutcome {
        switch result {
        case .success(let fetched):
            return .text(text.message, try StoredText(fetched))
        case .failure(let failure):
            context.logger.warning(
                "text of a message cannot be read",
                metadata: [
                    "folder": .string(reference.folder.path), "id": .string(reference.id.rawValue),
                    "reason": .string(failure.reason.english),
                ])
            let attempts = text.attempts + 1
            let backoff = failure.concernsFolder ? Backoff.unanswered : .message
            let pause = Int64(backoff.seconds(attempt: attempts, random: 1))
            return .failure(
                text.message, reason: failure.reason, attempts: attempts, retryAt: context.now() + pause)
        }
    }

    /// Stores what is left, and postpones the messages for which no answer came: they left their folder since, which its
    /// next reading finds out.
    func finish() async throws {
        try await write()
        let unanswered = state.withLock { Array($0.open.values) }
        if unanswered.isEmpty { return }
        let (context, organization, now) = (context, context.organization, context.now())
        try await writes.begin {
            try await context.write { try MessageTexts.postpone($0, organization, unanswered, now: now) }
        }
    }

    private func write() async throws {
        let outcomes = state.withLock { state in
            defer { state.outcomes = [] }
            return state.outcomes
        }
        if outcomes.isEmpty { return }
        let (context, organization, now) = (context, context.organization, context.now())
        try await writes.begin {
            try await context.write { try MessageTexts.record($0, organization, outcomes, now: now) }
        }
    }
}
