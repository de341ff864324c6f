import CRM
import Database

/// The mailboxes that one viewer may read now: `Visibility` made into a condition for queries. Every query that returns
/// something of a message takes one.
public struct VisibleMailboxes: Sendable, Hashable {
    public struct Mailbox: Sendable, Hashable {
        public let id: MailboxID
        public let address: String
        public let owner: UserID
        public let ownerName: String
        public let reason: Visibility.Reason
    }

    public let viewer: UserID
    /// The viewer's own first, then the nearest in the hierarchy.
    public let mailboxes: [Mailbox]
    /// Those that the viewer's level would give besides, and that they do not see.
    public let omitted: [Mailbox]

    public init(viewer: UserID, mailboxes: [Mailbox], omitted: [Mailbox] = []) {
        self.viewer = viewer
        self.mailboxes = mailboxes
        self.omitted = omitted
    }

    /// How many more the viewer's level would give.
    public var leftOut: Int { omitted.count }

    /// Reads the hierarchy and the mailboxes. Cheap enough for every page: it must not be kept longer than one, since
    /// levels, hierarchy and employment change.
    ///
    /// - Parameter users: all of the organisation, where they were read in the same transaction already.
    public static func of(
        _ tx: any Transaction, _ organization: OrganizationID, viewer: UserID, among users: [User]? = nil
    ) throws -> VisibleMailboxes {
        let hierarchy = try Users.hierarchy(tx, organization, of: users)
        var owned: [UserID: (MailboxID, String)] = [:]
        try tx.query(
            "SELECT user_id, id, address FROM mailboxes WHERE organization_id = $1", [.id(organization)]
        ) { owned[try $0.id(0)] = (try $0.id(1), try $0.text(2)) }
        func visibility(chosen: Set<UserID>) -> Visibility {
            Visibility.visibleMailboxOwners(
                viewer: viewer, in: hierarchy, mailboxOwners: owned.keys, chosen: chosen)
        }
        var visible = visibility(chosen: [])
        // Most see all that their level gives, and nothing was chosen for them.
        if visible.leftOut > 0 {
            visible = visibility(chosen: try VisibilityChoices.of(tx, organization, viewer: viewer))
        }
        func mailbox(_ grant: Visibility.Grant) -> Mailbox? {
            guard let (id, address) = owned[grant.owner] else { return nil }
            return Mailbox(
                id: id, address: address, owner: grant.owner,
                ownerName: hierarchy.members[grant.owner]?.name ?? address, reason: grant.reason)
        }
        return VisibleMailboxes(
            viewer: viewer, mailboxes: visible.grants.compactMap(mailbox),
            omitted: visible.omitted.compactMap(mailbox))
    }

    public func contains(_ mailbox: MailboxID) -> Bool { mailboxes.contains { $0.id == mailbox } }

    public subscript(mailbox: MailboxID) -> Mailbox? { mailboxes.first { $0.id == mailbox } }

    /// The viewer's own mailbox, if one is connected.
    public var own: MailboxID? { mailboxes.first { $0.owner == viewer }?.id }

    /// Whether a change concerns something that the viewer may see.
    public func concerns(_ change: Change) -> Bool {
        guard let mailbox = change.mailbox else { return true }
        return self[mailbox].map { !change.isHidden || $0.reason.isOwn } ?? false
    }

    /// Only what stands in one colleague's mailbox.
    public func narrowed(to owner: UserID) -> VisibleMailboxes {
        VisibleMailboxes(viewer: viewer, mailboxes: mailboxes.filter { $0.owner == owner }, omitted: omitted)
    }

    /// The condition on messages, with ``bind`` as the bind of that number: they stand in one of the mailboxes, and are
    /// the viewer's own or not hidden.
    ///
    /// - Parameter table: the name that the query gives to the table of messages.
    func condition(_ number: Int, _ dialect: Dialect, of table: String = "messages") -> String {
        let own = mailboxes.filter(\.reason.isOwn).map(\.id.description)
        let isOwn = own.isEmpty ? "" : " OR \(table).mailbox_id IN (\(own.joined(separator: ", ")))"
        return "\(table).mailbox_id \(dialect.inIntegers("$\(number)")) AND (\(table).is_hidden = 0\(isOwn))"
    }

    var bind: Value { .ids(mailboxes.map(\.id)) }
}
