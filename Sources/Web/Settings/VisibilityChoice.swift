import CRM
import Database
import Store
import Wording

/// Whom an administrator chose for a viewer, checked against what the viewer's level gives.
struct VisibilityChoice: Sendable {
    let owners: Set<UserID>
    let viewerName: String
    let names: String

    struct TooMany: Error {
        let chosen: Int
        let room: Int

        var sentence: Phrase {
            "You chose \(chosen) mailboxes. At most \(room) fit beside the person’s own: take some away."
        }
    }

    /// What the level does not give is not chosen, whatever the form says.
    /// - Throws: ``TooMany``; ``WebError/notFound(_:)`` for a viewer that is none.
    init(
        _ tx: any Transaction, _ organization: OrganizationID, viewer: UserID, chosen: Set<UserID>
    ) throws {
        guard let user = try Users.find(tx, organization, viewer), user.person == nil else {
            throw WebError.notFound(.user)
        }
        let visible = try VisibleMailboxes.of(tx, organization, viewer: viewer)
        let own = visible.mailboxes.filter(\.reason.isOwn).count
        let given = (visible.mailboxes + visible.omitted).filter { !$0.reason.isOwn && chosen.contains($0.owner) }
        let room = Visibility.limit - own
        guard given.count <= room else { throw TooMany(chosen: given.count, room: room) }
        owners = Set(given.map(\.owner))
        viewerName = user.name
        names = given.map(\.ownerName).joined(separator: ", ")
    }
}
