import CRM
import Store
import Wording

/// What a card is narrowed to, and what it can be narrowed to.
struct EmailFilters: Sendable {
    let path: String
    /// What is searched for.
    let query: String
    let directions: [Choice]
    let colleagues: [Choice]
    let choosesColleague: Bool
    /// The days that are entered.
    let from: Field
    let until: Field
    let isNarrowed: Bool
    /// Whether there is something to take back, be it only a day that is none.
    let canReset: Bool
    /// Whether the form for words, colleague and days is unfolded: something in it narrows, or is wrong.
    let isOpen: Bool
    /// What the form for words, colleague and days has to keep.
    let direction: String?
    private let colleague: String?
    private let firstDay: String?
    private let lastDay: String?

    init(_ filter: CardFilter, _ period: EmailPeriod, _ visible: VisibleMailboxes, path: String, query: String) {
        self.path = path
        self.query = query
        let direction = filter.direction.map { $0 == .received ? "received" : "sent" }
        let colleague = filter.colleague?.description
        self.direction = direction
        self.colleague = colleague
        (from, until) = (period.from, period.until)
        (firstDay, lastDay) = (period.firstDay, period.lastDay)
        isNarrowed = direction != nil || colleague != nil || period.isNarrowed || !query.isEmpty
        canReset = isNarrowed || period.hasProblem
        isOpen = colleague != nil || period.isNarrowed || period.hasProblem || !query.isEmpty
        let ways: [(String?, Phrase)] = [(nil, "All"), ("received", "Received"), ("sent", "Sent")]
        directions = ways.map { value, label in
            Choice(
                PathText.with(
                    path,
                    [
                        "direction": value, "q": query, "colleague": colleague, "from": period.firstDay,
                        "until": period.lastDay,
                    ]),
                label, isChosen: value == direction)
        }
        choosesColleague = visible.mailboxes.count > 1
        colleagues =
            [Choice("", "Everyone’s mailboxes", isChosen: colleague == nil)]
            + visible.mailboxes.map { mailbox in
                let name: Phrase = mailbox.owner == visible.viewer ? "Your mailbox" : .verbatim(mailbox.ownerName)
                return Choice(mailbox.owner.description, name, isChosen: mailbox.owner == filter.colleague)
            }
    }

    func address(before key: CardKey?) -> String {
        PathText.with(
            path,
            [
                "direction": direction, "q": query, "colleague": colleague, "from": firstDay, "until": lastDay,
                "before": key?.description,
            ])
    }
}

extension CardFilter {
    /// A colleague whose mailbox is not visible is passed over, and so is a day that is none.
    init(_ query: FormFields, _ period: EmailPeriod, _ visible: VisibleMailboxes) {
        self.init()
        direction =
            switch query["direction"] {
            case "received": .received
            case "sent": .sent
            default: nil
            }
        if let owner = UserID(query["colleague"]), visible.mailboxes.contains(where: { $0.owner == owner }) {
            colleague = owner
        }
        words = SearchWords(query["q"])
        from = period.begin
        until = period.end
    }
}
