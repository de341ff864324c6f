import CRM
import Generators

/// The sample company as the demo needs it.
struct Company: Sendable {
    struct Member: Sendable {
        let user: UserID
        /// For a sync-only user, whose second mailbox theirs is.
        let seatOf: UserID?
        let organization: OrganizationID
        let person: Person
        let customers: [Customer]
    }

    struct Customer: Sendable, Hashable {
        let contact: ContactID
        let person: Person
    }

    let name: String
    /// Those who have a mailbox.
    let members: [Member]
    /// Who connects a mailbox by hand.
    let newcomer: Member
    /// The password with which everyone signs in.
    let signInPassword: String

    /// Whose mailboxes are connected from the start: people below the newcomer, in two languages, one of whom reads
    /// their colleagues' mail, and a sync-only user.
    var connected: [Member] {
        let names = ["tom.ashworth@", "camille.fournier@", "ingrid.solheim@"]
        return members.filter { member in
            member.seatOf != nil || names.contains { member.person.address.hasPrefix($0) }
        }
    }

    /// The sync-only user, and the person whose second mailbox theirs is.
    var seat: (seat: Member, owner: Member)? {
        guard let seat = members.first(where: { $0.seatOf != nil }),
            let owner = members.first(where: { $0.user == seat.seatOf })
        else { return nil }
        return (seat, owner)
    }

    /// Who hides a conversation, and with whom: the one with the second mailbox, with their last customer.
    var confidant: (member: Member, customer: Customer)? {
        guard let owner = seat?.owner, let last = owner.customers.last,
            let customer = owner.customers.first(where: { $0.contact == last.contact })
        else { return nil }
        return (owner, customer)
    }
}
