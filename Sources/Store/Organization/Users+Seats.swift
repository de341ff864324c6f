import CRM
import Database

/// Queries on sync-only users, the seats for second mailboxes.
extension Users {
    /// The sync-only users of a person, by name.
    public static func seats(
        _ tx: any Transaction, _ organization: OrganizationID, of person: UserID
    ) throws -> [User] {
        try tx.rows(
            """
            SELECT \(columns) FROM users
            WHERE organization_id = $1 AND person_id = $2 ORDER BY lower(name), id
            """, [.id(organization), .id(person)], as: user)
    }

    /// A seat for a further mailbox of a person (product, section 2.7).
    ///
    /// - Throws: ``UserError/emailTaken(email:by:)``; ``UserError/noSuchPerson`` unless the person is a user who works
    ///   here and is no such seat.
    public static func createSeat(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: ValidUser, of person: UserID, now: Int64
    ) throws -> UserID {
        guard let owner = try find(tx, organization, person), owner.isActive, owner.person == nil else {
            throw UserError.noSuchPerson
        }
        let id = try create(
            tx, organization, user, passwordHash: nil, locale: owner.locale, timeZone: owner.timeZone, now: now)
        try tx.execute(
            "UPDATE users SET person_id = $3 WHERE organization_id = $1 AND id = $2",
            [.id(organization), .id(id), .id(person)])
        try Changes.append(tx, .anything(in: organization), now: now)
        return id
    }

    /// Removes a sync-only user whose mailbox is disconnected. Choices that name it go with it.
    ///
    /// - Throws: ``UserError/seatHasMailbox`` while its mailbox is connected; nothing happens to anyone else.
    public static func deleteSeat(
        _ tx: any Transaction, _ organization: OrganizationID, _ user: UserID, now: Int64
    ) throws {
        guard let seat = try find(tx, organization, user), seat.person != nil else { return }
        guard try Mailboxes.ofUser(tx, organization, user) == nil else { throw UserError.seatHasMailbox }
        let binds: [Value] = [.id(organization), .id(user)]
        try tx.execute("DELETE FROM visibility_choices WHERE organization_id = $1 AND owner_id = $2", binds)
        try tx.execute("DELETE FROM users WHERE organization_id = $1 AND id = $2", binds)
        try Changes.append(tx, .anything(in: organization), now: now)
    }
}
