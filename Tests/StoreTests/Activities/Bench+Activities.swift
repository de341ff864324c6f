import CRM
import Database
import Foundation
import Store

extension Bench {
    /// What a form says that someone in UTC filled in.
    static func valid(
        _ kind: ActivityKind = .meeting, _ title: String = "Offer", owner: UserID, day: String = "2026-11-23",
        _ start: String = "14:00", until: String = "", allDay: Bool = false, with contacts: [ContactID] = [],
        account: AccountID? = nil, notes: String = "", inCalendar: Bool = false
    ) throws -> ValidActivity {
        var form = ActivityForm()
        (form.kind, form.title, form.owner, form.notes) = (kind, title, owner, notes)
        (form.startDay, form.startTime, form.endTime, form.isAllDay) = (day, start, until, allDay)
        (form.contacts, form.account, form.showsInCalendar) = (contacts, account, inCalendar)
        return try form.validated(in: .gmt)
    }

    @discardableResult
    func plan(_ activity: ValidActivity, at time: Int64 = now) async throws -> ActivityID {
        try await write { try Activities.create($0, $1, activity, now: time) }
    }

    func activity(_ id: ActivityID) async throws -> Activity? {
        try await read { try Activities.find($0, $1, id) }
    }

    /// What waits for someone's calendar, as "put 3".
    func waiting(for owner: UserID) async throws -> [String] {
        try await read { tx, organization in
            try CalendarOutbox.waiting(tx, organization, owner: owner, limit: 100).map { "\($0.action) \($0.activity)" }
        }
    }

    /// Another organisation with a user, a contact, an account and an activity.
    func neighbour() async throws -> (
        organization: OrganizationID, user: UserID, contact: ContactID, account: AccountID, activity: ActivityID
    ) {
        try await database.write { tx in
            let other = try Organizations.create(tx, name: "Other", ownDomains: [], now: 1)
            let user = try Self.user(tx, other, "Mallory")
            var company = AccountForm()
            company.name = "Theirs"
            let account = try Accounts.create(tx, other, try company.validated(), now: 1)
            let form = Self.contactForm(["x@theirs.example"], account)
            let contact = try Contacts.create(tx, other, try form.validated(), now: 1)
            let valid = try Self.valid(owner: user, with: [contact], account: account, inCalendar: true)
            return (other, user, contact, account, try Activities.create(tx, other, valid, now: 1))
        }
    }
}
