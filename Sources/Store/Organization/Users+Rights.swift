import CRM
import Database

/// Queries on who stands where, may what, and works here.
extension Users {
    /// - Parameter users: all of the organisation, where they were read just before.
    public static func hierarchy(
        _ tx: any Transaction, _ organization: OrganizationID, of users: [User]? = nil
    ) throws -> Hierarchy {
        let rule = try Organizations.find(tx, organization)?.equals ?? .sameDepth
        return Hierarchy(try (users ?? list(tx, organization)).map(Hierarchy.Member.init), equals: rule)
    }

    /// Places a user in the hierarchy.
    ///
    /// - Throws: `HierarchyError` when that would close a circle.
    public static func place(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, _ place: Place, now: Int64
    ) throws {
        if let superior = place.superior {
            try hierarchy(tx, organization).allow(user, under: superior)
        }
        try tx.execute(
            "UPDATE users SET superior_id = $3, at_top = $4 WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(user), .id(place.superior), .bool(place == .top)])
        try Changes.append(tx, .anything(in: organization), now: now)
    }

    public static func setLevel(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, _ level: VisibilityLevel, now: Int64
    ) throws {
        try tx.execute(
            "UPDATE users SET visibility_level = $3 WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(user), .integer(level.rawValue)])
        try Changes.append(tx, .anything(in: organization), now: now)
    }

    /// Ends or renews employment. All sessions of one who leaves end with it.
    ///
    /// - Throws: ``UserError/lastAdministrator``.
    public static func setActive(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, _ isActive: Bool, now: Int64
    ) throws {
        if !isActive { try requireAnotherAdministrator(tx, organization, than: user) }
        try tx.execute(
            "UPDATE users SET is_active = $3 WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(user), .bool(isActive)])
        if !isActive {
            try Sessions.endAll(tx, organization, user)
            try Invitations.revoke(tx, organization, user)
        }
        try Changes.append(tx, .anything(in: organization), now: now)
    }

    /// - Throws: ``UserError/lastAdministrator``.
    public static func setAdministrator(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, _ isAdministrator: Bool
    ) throws {
        if !isAdministrator { try requireAnotherAdministrator(tx, organization, than: user) }
        try tx.execute(
            "UPDATE users SET is_administrator = $3 WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(user), .bool(isAdministrator)])
    }

    private static func requireAnotherAdministrator(
        _ tx: any Transaction, _ organization: OrganizationID, than user: UserID
    ) throws {
        let isOnlyOne = try tx.exists(
            """
            SELECT 1 FROM users WHERE organization_id = $1 AND id = $2 AND is_administrator = 1 AND NOT EXISTS (
                SELECT 1 FROM users WHERE organization_id = $1 AND id <> $2 AND is_administrator = 1 AND is_active = 1
                AND password_hash IS NOT NULL)
            """, [.id(organization), .id(user)])
        if isOnlyOne { throw UserError.lastAdministrator }
    }
}
