import CRM
import Database
import Store
import Wording

/// What stands above a list of contacts or accounts: what it is searched for, narrowed to and sorted by.
struct ListBar: Sendable {
    let path: String
    let query: String
    let label: Phrase
    let placeholder: Phrase
    let owners: [Choice]
    let emails: [Choice]
    let hasEmails: Bool
    let orders: [Choice]
    let account: AccountChip?
    let export: String
    /// Leads to all in the same order; nil where nothing narrows.
    let reset: String?

    /// The account whose contacts are listed.
    struct AccountChip: Sendable {
        let id: String
        let name: String
        let path: String
        /// Leads to the same list without it.
        let remove: String
    }

    init(_ tx: any Transaction, _ organization: OrganizationID, _ state: ListState, _ viewer: UserID) throws {
        (path, query) = (state.kind.path, state.query)
        let isContacts = state.kind == .contacts
        label = isContacts ? "Search the contacts" : "Search the accounts"
        placeholder = isContacts ? "Name, address or account" : "Name, city or domain"
        let colleagues = try Users.people(tx, organization).filter {
            $0.id != viewer && ($0.isActive || $0.id.description == state.owner)
        }
        let groups: [(String, Phrase)] = [("", "Any owner"), ("me", "Mine"), ("none", "Without an owner")]
        owners =
            groups.map { Choice($0.0, $0.1, isChosen: $0.0 == state.owner) }
            + colleagues.map {
                Choice($0.id.description, .verbatim($0.name), isChosen: $0.id.description == state.owner)
            }
        emails =
            [Choice("", "Any emails", isChosen: state.emails == nil)]
            + EmailsChoice.allCases.map { Choice($0.rawValue, $0.label, isChosen: $0 == state.emails) }
        hasEmails = isContacts
        orders = state.kind.columns.flatMap { column in
            [false, true].map { isDescending in
                let order = ListOrder(column, isDescending: isDescending)
                return Choice(ListState.value(order), order.label, isChosen: order == state.order)
            }
        }
        account = try state.account.flatMap { try Accounts.find(tx, organization, $0) }.map {
            AccountChip(
                id: $0.id.description, name: $0.name, path: "/accounts/\($0.id)/contacts",
                remove: state.address(withAccount: false))
        }
        export = state.address("/contacts/export")
        reset =
            state.isFiltered || !state.query.isEmpty
            ? PathText.with(path, ["sort": ListState.value(state.order)]) : nil
    }
}

extension ListOrder {
    var label: Phrase {
        switch (column, isDescending) {
        case (.name, false): "Name, A to Z"
        case (.name, true): "Name, Z to A"
        case (.account, false): "Account, A to Z"
        case (.account, true): "Account, Z to A"
        case (.created, true): "Created, newest first"
        case (.created, false): "Created, oldest first"
        case (.changed, true): "Changed, latest first"
        case (.changed, false): "Changed, longest ago first"
        }
    }
}

/// The head of a column. A click sorts by it, another one the other way round.
struct ListColumn: Sendable {
    let label: Phrase
    let kind: String
    /// Nil where the list is not sorted by it.
    let sorts: String?
    /// `ascending` or `descending` where it is sorted by this column.
    let direction: String?

    init(_ label: Phrase, kind: String = "") {
        (self.label, self.kind, sorts, direction) = (label, kind, nil, nil)
    }

    /// Dates are asked for from the latest.
    init(_ label: Phrase, _ column: ListOrder.Column, _ state: ListState, kind: String = "") {
        let isCurrent = state.order.column == column
        let beginsDescending = column == .created || column == .changed
        (self.label, self.kind) = (label, kind)
        direction = isCurrent ? (state.order.isDescending ? "descending" : "ascending") : nil
        sorts = state.address(
            by: ListOrder(column, isDescending: isCurrent ? !state.order.isDescending : beginsDescending))
    }

    static func date(_ state: ListState) -> ListColumn {
        state.showsCreation
            ? ListColumn("Created", .created, state, kind: "date")
            : ListColumn("Last changed", .changed, state, kind: "date")
    }
}
