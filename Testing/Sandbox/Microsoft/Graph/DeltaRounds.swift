/// Every delta round that was begun, so that each link keeps answering the same page until it is forgotten.
struct DeltaRounds: Sendable {
    /// What a round walks through.
    enum Subject: Hashable, Sendable {
        case messages(MailboxFolder.ID)
        case folders
    }

    enum Entry: Hashable, Sendable {
        /// All selected properties.
        case whole(Int)
        /// Those that changed.
        case part(Int, Set<MailboxChange.Property>)
        case removed(Int, forGood: Bool)
    }

    struct Round: Sendable {
        var account: String
        var subject: Subject
        var select: [String]?
        var pageSize: Int?
        /// The oldest `receivedDateTime` wanted; nil for all.
        var filter: String?
        /// Pages of entries, as a list with marks where an empty page stands.
        var entries: [Entry]
        /// The log's line that the round was begun at; the next round tells what came after.
        var through: Int
        /// Counts the rounds of this subject and account.
        var generation: Int
    }

    private(set) var rounds: [Int: Round] = [:]
    private var lastRound = 0
    private var generations: [String: Int] = [:]

    mutating func begin(_ round: Round, remembering: Int?) -> (number: Int, round: Round) {
        var round = round
        let name = "\(round.account) \(round.subject)"
        generations[name, default: 0] += 1
        round.generation = generations[name, default: 0]
        lastRound += 1
        rounds[lastRound] = round
        if let remembering {
            let oldest = round.generation - remembering
            rounds = rounds.filter {
                $0.value.account != round.account || $0.value.subject != round.subject || $0.value.generation > oldest
            }
        }
        return (lastRound, round)
    }

    /// The round of a token, or SyncStateNotFound.
    func round(_ number: Int, account: String, subject: Subject) throws(GraphError) -> Round {
        guard let round = rounds[number], round.account == account, round.subject == subject else {
            let highest = generations["\(account) \(subject)", default: 0]
            throw GraphError(
                status: 410, code: "SyncStateNotFound",
                message: "The sync state generation is not found; generation=\(number);[highest=\(highest)].")
        }
        return round
    }

    /// Forgets what was given out so far, of one account or of all, of one folder or of all.
    mutating func expire(account: String? = nil, subject: Subject? = nil) {
        rounds = rounds.filter { entry in
            (account != nil && entry.value.account != account) || (subject != nil && entry.value.subject != subject)
        }
    }
}
