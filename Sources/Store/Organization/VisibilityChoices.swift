import CRM
import Database

/// Whose mailboxes an administrator chose for a viewer whose level gives more than ``Visibility/limit``.
public enum VisibilityChoices {
    public static func of(
        _ tx: any Transaction, _ organization: OrganizationID, viewer: UserID
    ) throws -> Set<UserID> {
        Set(
            try tx.rows(
                "SELECT owner_id FROM visibility_choices WHERE organization_id = $1 AND viewer_id = $2",
                [.id(organization), .id(viewer)]
            ) { try $0.id(0) })
    }

    /// Takes the place of what was chosen before; nobody means the nearest again.
    public static func replace(
        _ tx: any Transaction, _ organization: OrganizationID, viewer: UserID, by owners: Set<UserID>, now: Int64
    ) throws {
        try tx.execute(
            "DELETE FROM visibility_choices WHERE organization_id = $1 AND viewer_id = $2",
            [.id(organization), .id(viewer)])
        for owner in owners.sorted() {
            try tx.execute(
                "INSERT INTO visibility_choices (organization_id, viewer_id, owner_id) VALUES ($1, $2, $3)",
                [.id(organization), .id(viewer), .id(owner)])
        }
        try Changes.append(tx, .anything(in: organization), now: now)
    }
}
