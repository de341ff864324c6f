import CRM
import Database

extension Organizations {
    /// Gives an organisation another name.
    public static func rename(_ tx: any Transaction, _ organization: OrganizationID, _ name: String) throws {
        try tx.execute("UPDATE organizations SET name = $2 WHERE id = $1", [.id(organization), .text(name)])
    }
}
