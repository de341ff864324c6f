import Mirror
import OAuth
import Wording

/// Where a message is, asked after by its id: the one thing that `@removed` and listings are measured by.
enum Presence: Sendable {
    case here(MessageFact)
    case elsewhere(folder: String, MessageFact)
    case gone
    case unreadable(UnreadableMessage)

    /// Asks Graph for each message, in batches.
    /// - Throws: as ``GraphClient/batch(_:_:as:)``.
    static func of(
        _ ids: [RemoteMessageID], in folder: String, _ graph: GraphClient
    ) async throws -> [(id: RemoteMessageID, presence: Presence)] {
        let targets = ids.map {
            GraphTarget("me/messages/\(GraphTarget.id($0.rawValue))", [("$select", GraphMessage.selection)])
        }
        let outcomes = try await graph.batch(targets, as: GraphMessage.self)
        return zip(ids, outcomes).map { id, outcome in
            switch outcome {
            case .missing: return (id, .gone)
            case .found(let message):
                guard let parent = message.parentFolderId else {
                    return (id, .unreadable(UnreadableMessage(id: id, reason: undescribed)))
                }
                return (id, parent == folder ? .here(message.fact) : .elsewhere(folder: parent, message.fact))
            case .failed: return (id, .unreadable(UnreadableMessage(id: id, reason: undescribed)))
            }
        }
    }

    private static let undescribed: Phrase = "Microsoft does not describe this message."
}
