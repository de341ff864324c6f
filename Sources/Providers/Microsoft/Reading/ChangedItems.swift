import Mirror

/// What pages of a delta say, each message once: what was said last counts.
struct ChangedItems: Sendable {
    private var order: [String] = []
    private var latest: [String: GraphMessage] = [:]

    var count: Int { latest.count }
    var isEmpty: Bool { latest.isEmpty }

    mutating func add(_ messages: [GraphMessage]) {
        for message in messages {
            // A change of flags does not take back what was said before.
            if let known = latest[message.id], known.removed == nil, message.removed == nil, known.isWhole,
                !message.isWhole, !message.touchesHeaders
            {
                continue
            }
            if latest.updateValue(message, forKey: message.id) == nil { order.append(message.id) }
        }
    }

    /// Messages with everything that was asked for.
    var facts: [MessageFact] { all.filter { $0.removed == nil && $0.isWhole }.map(\.fact) }

    /// Messages of which something changed that has to be asked for. In a folder of which only ids are read, all.
    func undescribed(isLean: Bool) -> [RemoteMessageID] {
        all.filter { $0.removed == nil && !$0.isWhole && (isLean || $0.touchesHeaders) }.map { RemoteMessageID($0.id) }
    }

    /// Said to have left. That is a hint: with ids that stay, a message that left and came back between two looks is
    /// told so and never told to be there again (microsoft-graph-docs-contrib#72).
    var removed: [RemoteMessageID] { all.filter { $0.removed != nil }.map { RemoteMessageID($0.id) } }

    private var all: [GraphMessage] { order.compactMap { latest[$0] } }
}
