import CRM
import Store

/// What a card is narrowed to, and what it can be narrowed to.
struct EmailFilters: Sendable {
    let path: String
    let directions: [Choice]
    let colleagues: [Choice]
    let choosesColleague: Bool
    let isNarrowed: Bool
    /// What a form for the colleague has to keep.
    let direction: String?
    private let colleague: String?

    init(_ filter: CardFilter, _ visible: VisibleMailboxes, path: String) {
        self.path = path
        let direction = filter.direction.map { $0 == .received ? "received" : "sent" }
        let colleague = filter.colleague?.description
        self.direction = direction
        self.colleague = colleague
        isNarrowed = direction != nil || colleague != nil
        directions = [(nil, "All"), ("received", "Received"), ("sent", "Sent")].map { value, label in
            Choice(
                PathText.with(path, ["direction": value, "colleague": colleague]), label, isChosen: value == direction)
        }
        choosesColleague = visible.mailboxes.count > 1
        colleagues =
            [Choice("", "Everyone’s mailboxes", isChosen: colleague == nil)]
            + visible.mailboxes.map { mailbox in
                let name = mailbox.owner == visible.viewer ? "Your mailbox" : mailbox.ownerName
                return Choice(mailbox.owner.description, name, isChosen: mailbox.owner == filter.colleague)
            }
    }

    func address(before key: CardKey?) -> String {
        PathText.with(path, ["direction": direction, "colleague": colleague, "before": key?.description])
    }
}

extension CardFilter {
    /// A colleague whose mailbox is not visible is passed over.
    init(_ query: FormFields, _ visible: VisibleMailboxes) {
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
    }
}
