import CRM
import Database
import Store

/// The head and the side of an account's card, the same on all its tabs.
struct AccountHead: Sendable {
    let id: String
    let person: Person
    let industry: String?
    let domain: String?
    let phone: String?
    let address: String?
    let place: String?
    let owner: String?
    let notes: String?
    let added: Moment
    let activities: CardActivities

    init(_ tx: any Transaction, _ organization: OrganizationID, _ account: Account, _ visit: Visit, path: String) throws
    {
        id = account.id.description
        person = Person(account.name)
        industry = account.industry.nonEmpty
        domain = account.domain.nonEmpty
        phone = account.phone.nonEmpty
        address = account.address.nonEmpty
        place = [account.city, account.country].filter { !$0.isEmpty }.joined(separator: ", ").nonEmpty
        owner = try account.owner.flatMap { try Users.find(tx, organization, $0) }?.name
        notes = account.notes.nonEmpty
        added = visit.dates.moment(account.createdAt)
        activities = try CardActivities(tx, organization, .account(account.id), path: path, visit: visit)
    }
}

extension Visit {
    /// The account that the path names.
    func account() async throws -> Account {
        let id: AccountID = try id("account")
        guard let account = try await read({ try Accounts.find($0, $1, id) }) else {
            throw WebError.notFound(.account)
        }
        return account
    }
}
