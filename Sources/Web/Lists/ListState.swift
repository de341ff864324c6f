import CRM
import Database
import Store
import Wording

/// What a list of contacts or accounts is narrowed to and sorted by, as the address of its page says. What it does not
/// know is passed over.
struct ListState: Sendable {
    enum Kind: String, Sendable {
        case contacts
        case accounts

        var path: String { "/" + rawValue }
        var columns: [ListOrder.Column] { self == .contacts ? ListOrder.Column.allCases : [.name, .created, .changed] }
    }

    let kind: Kind
    let query: String
    /// `me`, `none` or the number of a user; empty for everyone's.
    let owner: String
    let account: AccountID?
    let emails: EmailsChoice?
    let order: ListOrder

    init(_ kind: Kind, _ fields: FormFields) {
        self.kind = kind
        query = fields["q"].trimmed
        let owner = fields["owner"]
        self.owner = ["me", "none"].contains(owner) || UserID(owner) != nil ? owner : ""
        account = kind == .contacts ? AccountID(fields["account"]) : nil
        emails = kind == .contacts ? EmailsChoice(rawValue: fields["emails"]) : nil
        let sort = fields["sort"]
        order =
            ListOrder.Column(rawValue: String(sort.hasPrefix("-") ? sort.dropFirst() : sort[...]))
            .flatMap { kind.columns.contains($0) ? ListOrder($0, isDescending: sort.hasPrefix("-")) : nil } ?? .byName
    }

    /// Narrowed by more than words.
    var isFiltered: Bool { !owner.isEmpty || account != nil || emails != nil }

    static func value(_ order: ListOrder) -> String {
        order == .byName ? "" : (order.isDescending ? "-" : "") + order.column.rawValue
    }

    /// The date that the list shows: the one that it is sorted by.
    var showsCreation: Bool { order.column == .created }

    /// What a form has to keep.
    var fields: [Field] {
        [
            ("q", query), ("owner", owner), ("account", account?.description ?? ""),
            ("emails", emails?.rawValue ?? ""), ("sort", Self.value(order)),
        ].filter { !$0.1.isEmpty }.map { Field($0.0, $0.1, nil) }
    }

    /// Of a page with the same state.
    ///
    /// - Parameters:
    ///   - path: another page than the list.
    ///   - order: nil for the same.
    ///   - key: where the page begins.
    func address(
        _ path: String? = nil, by order: ListOrder? = nil, withAccount: Bool = true, after key: ListKey? = nil
    ) -> String {
        PathText.with(
            path ?? kind.path,
            [
                "q": query, "owner": owner, "account": withAccount ? account?.description : nil,
                "emails": emails?.rawValue, "sort": Self.value(order ?? self.order), "after": key?.description,
            ])
    }

    /// What it is narrowed to, by names that are understood later: for the audit trail. A part that does not narrow is missing.
    func names(
        _ tx: any Transaction, _ organization: OrganizationID, viewer: UserID
    ) throws -> [String: String] {
        var names: [String: String] = [:]
        names["search"] = query.nonEmpty
        switch owner(viewer) {
        case nil: break
        case .nobody: names["unowned"] = "yes"
        case .user(let user): names["owner"] = try Users.find(tx, organization, user)?.name ?? user.description
        }
        names["account"] = try account.map { try Accounts.find(tx, organization, $0)?.name ?? $0.description }
        names["emails"] = emails?.rawValue
        return names
    }

    // MARK: What the store is asked

    private func owner(_ viewer: UserID) -> OwnerFilter? {
        switch owner {
        case "": nil
        case "me": .user(viewer)
        case "none": .nobody
        default: UserID(owner).map(OwnerFilter.user)
        }
    }

    func accounts(_ viewer: UserID) -> AccountFilter {
        var filter = AccountFilter(query: query)
        filter.owner = owner(viewer)
        return filter
    }

    /// - Parameter now: seconds since 1970 UTC.
    func contacts(
        _ tx: any Transaction, _ organization: OrganizationID, _ viewer: UserID, now: Int64
    ) throws -> ContactFilter {
        var filter = ContactFilter(query: query)
        (filter.owner, filter.account) = (owner(viewer), account)
        filter.mail = try emails.map {
            MailFilter($0.kind(now), visible: try VisibleMailboxes.of(tx, organization, viewer: viewer))
        }
        return filter
    }
}

/// How contacts are narrowed by the emails that the viewer may read.
enum EmailsChoice: String, Sendable, CaseIterable {
    case present = "some"
    case lately = "30"
    case quarter = "90"
    case notLately = "quiet-30"
    case notThisQuarter = "quiet-90"
    case absent = "none"

    var label: Phrase {
        switch self {
        case .present: "With emails"
        case .lately: "Email in the last 30 days"
        case .quarter: "Email in the last 90 days"
        case .notLately: "No email for 30 days"
        case .notThisQuarter: "No email for 90 days"
        case .absent: "Without emails"
        }
    }

    func kind(_ now: Int64) -> MailFilter.Kind {
        let day: Int64 = 86_400
        return switch self {
        case .present: .since(.min)
        case .absent: .notSince(.min)
        case .lately: .since(now - 30 * day)
        case .quarter: .since(now - 90 * day)
        case .notLately: .notSince(now - 30 * day)
        case .notThisQuarter: .notSince(now - 90 * day)
        }
    }
}
