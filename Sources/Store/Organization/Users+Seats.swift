import CRM
import Database
import Mirror

/// Queries on sync-only users, the seats for second mailboxes.
extension Users {
    /// A user whose mailbox is a person's: their own, or of a sync-only user of theirs.
    public struct SeatStatus: Sendable, Hashable {
        public let user: UserID
        public let name: String
        public let address: String
        /// Nil where no mailbox is connected.
        public let status: MailboxStatus?
    }

    /// A person's own seat, then their sync-only users by name.
    public static func seats(
        _ tx: any Transaction, _ organization: OrganizationID, of person: UserID
    ) throws -> [SeatStatus] {
        try tx.rows(
            """
            SELECT u.id, u.name, u.email, m.state FROM users u
            LEFT JOIN mailboxes m ON m.organization_id = u.organization_id AND m.user_id = u.id
            WHERE u.organization_id = $1 AND (u.id = $2 OR u.person_id = $2)
            ORDER BY u.person_id IS NOT NULL, lower(u.name), u.id
            """, [.id(organization), .id(person)]
        ) { row in
            SeatStatus(
                user: try row.id(0), name: try row.text(1), address: try row.text(2),
                status: try row.optionalText(3).map { try JSONText.decode(MailboxStatus.self, $0) })
        }
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
