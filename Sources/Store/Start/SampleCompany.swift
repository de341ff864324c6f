import CRM
import Database

/// A company to try Mailcard with: people, their hierarchy, a sync-only user, exclusions, accounts, contacts, meetings
/// and tasks, all made up. It has no mailboxes; those are connected like any other.
public enum SampleCompany {
    public static let name = "Aldermoor Instruments"
    public static let domain = "aldermoor.example"

    /// The password of all its users. The sample is for trying out; nothing in it is worth guarding.
    public static let password = "sample-company"

    /// The address of its administrator.
    public static let administratorEmail = "daniel.okafor@" + domain
    /// The address of the user to begin with: the head of the hierarchy, who sees everyone's mail.
    public static let directorEmail = "eleanor.whitfield@" + domain

    /// The address of its sync-only user: a shared mailbox that an account manager looks after.
    public static let seatEmail = "support@" + domain
    /// The domain of its lawyers, which is excluded.
    public static let lawyersDomain = "harcourt-pell.example"
    /// The address of the office that does its human resources, which is excluded.
    public static let humanResourcesEmail = "hr@northgate-people.example"

    /// Fills an empty database.
    ///
    /// - Parameter passwordHash: of ``password``, made outside the transaction.
    /// - Throws: ``SetupError/alreadyDone``.
    public static func load(_ tx: any Transaction, passwordHash: String, now: Int64) throws -> OrganizationID {
        guard try Setup.isNeeded(tx) else { throw SetupError.alreadyDone }
        let organization = try Organizations.create(tx, name: name, ownDomains: [domain], now: now)
        let users = try createPeople(tx, organization, passwordHash, now)
        try createSeat(tx, organization, users, now)
        for rule in exclusions { try Exclusions.add(tx, organization, try rule.validated(), now: now) }
        let accounts = try createCompanies(tx, organization, users, now)
        var contacts: [String: Contact] = [:]
        for person in acquaintances {
            var form = ContactForm()
            form.firstName = person.first
            form.lastName = person.last
            form.title = person.title
            form.phone = person.phone
            form.account = person.company.flatMap { accounts[$0] }
            form.owner = person.owner.flatMap { users[$0] }
            form.addresses = person.addresses
            form.notes = person.notes
            let id = try Contacts.create(tx, organization, try form.validated(), now: now)
            contacts[person.first + " " + person.last] = try Contacts.find(tx, organization, id)
        }
        try plan(tx, organization, users, contacts, now)
        try AuditTrail.record(tx, organization, by: nil, .organizationCreated, ["name": name], now: now)
        return organization
    }

    private static func createPeople(
        _ tx: any Transaction, _ organization: OrganizationID, _ passwordHash: String, _ now: Int64
    ) throws -> [String: UserID] {
        var users: [String: UserID] = [:]
        for person in people {
            var form = UserForm()
            form.name = person.name
            form.email = person.mailName + "@" + domain
            form.title = person.title
            let place: Place =
                if let superior = person.superior.flatMap({ users[$0] }) { .below(superior) } else {
                    person.isInHierarchy ? .top : .outside
                }
            users[person.mailName] = try Users.create(
                tx, organization, try form.validated(), passwordHash: passwordHash,
                isAdministrator: person.isAdministrator, place: place, level: person.level, locale: person.locale,
                timeZone: person.timeZone, now: now)
        }
        return users
    }

    private static func createSeat(
        _ tx: any Transaction, _ organization: OrganizationID, _ users: [String: UserID], _ now: Int64
    ) throws {
        guard let person = users[seatOwner] else { return }
        var form = UserForm()
        form.name = "Technical support"
        form.email = seatEmail
        _ = try Users.createSeat(tx, organization, try form.validated(), of: person, now: now)
    }

    private static func createCompanies(
        _ tx: any Transaction, _ organization: OrganizationID, _ users: [String: UserID], _ now: Int64
    ) throws -> [String: AccountID] {
        var accounts: [String: AccountID] = [:]
        for company in companies {
            var form = AccountForm()
            form.name = company.name
            form.domain = company.domain
            form.address = company.address
            form.city = company.city
            form.country = company.country
            form.industry = company.industry
            form.phone = company.phone
            form.owner = users[company.owner]
            form.notes = company.notes
            accounts[company.name] = try Accounts.create(tx, organization, try form.validated(), now: now)
        }
        return accounts
    }
}
