import CRM
import Generators

/// The sample company as the demo needs it.
struct Company: Sendable {
    struct Member: Sendable {
        let user: UserID
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

    /// Whose mailboxes are connected from the start: two people below the newcomer, in two languages, and one who reads
    /// their colleagues' mail.
    var connectedColleagues: [Member] {
        let names = ["tom.ashworth@", "camille.fournier@", "ingrid.solheim@"]
        return members.filter { member in names.contains { member.person.address.hasPrefix($0) } }
    }
}
