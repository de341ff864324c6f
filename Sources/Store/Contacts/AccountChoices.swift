import CRM
import Database

extension Accounts {
    /// An account by its name.
    public struct Named: Sendable, Hashable {
        public let id: AccountID
        public let name: String
    }

    /// So many accounts are offered for choosing; more than that nobody scrolls through.
    public static let choiceLimit = 2_000

    /// The accounts to choose from in a form, by name; the chosen one is always among them.
    public static func choices(
        _ tx: any Transaction, _ organization: OrganizationID, including chosen: AccountID?
    ) throws -> [Named] {
        func named(_ row: Row) throws -> Named { Named(id: try row.id(0), name: try row.text(1)) }
        let listed = try tx.rows(
            "SELECT id, name FROM accounts WHERE organization_id = $1 ORDER BY sort_key, id LIMIT $2",
            [.id(organization), .integer(choiceLimit)], as: named)
        guard let chosen, !listed.contains(where: { $0.id == chosen }) else { return listed }
        return try listed
            + tx.rows(
                "SELECT id, name FROM accounts WHERE organization_id = $1 AND id = $2",
                [.id(organization), .id(chosen)],
                as: named)
    }
}
