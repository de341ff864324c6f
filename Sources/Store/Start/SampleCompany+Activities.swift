import CRM
import Database
import Foundation

extension SampleCompany {
    struct Appointment {
        let kind: ActivityKind
        let title: String
        /// The part of the owner's address before the organisation's domain.
        let owner: String
        /// In working days from today; the days before are negative.
        let day: Int
        /// "14:00" in the owner's time zone; nil for the whole day.
        let start: String?
        let end: String?
        /// By first and last name.
        let contacts: [String]
        let notes: String
        let isDone: Bool

        init(
            _ kind: ActivityKind, _ title: String, _ owner: String, day: Int, _ start: String? = nil,
            _ end: String? = nil, with contacts: [String] = [], notes: String = "", isDone: Bool = false
        ) {
            self.kind = kind
            self.title = title
            self.owner = owner
            self.day = day
            self.start = start
            self.end = end
            self.contacts = contacts
            self.notes = notes
            self.isDone = isDone
        }
    }

    static let appointments: [Appointment] = [
        Appointment(
            .visit, "Look at the pH line in hall 3", "tom.ashworth", day: 1, "10:00", "12:00",
            with: ["Alice Marsh", "Samuel Adeyemi"], notes: "Bring the demo electrode and the cleaning set."),
        Appointment(
            .task, "Send Robert the framework prices", "tom.ashworth", day: -1, with: ["Robert Chen"],
            notes: "He needs them before the budget closes."),
        Appointment(.call, "Ask how the trial went", "tom.ashworth", day: 0, "16:30", "17:00", with: ["Martin Pike"]),
        Appointment(
            .meeting, "Yearly review", "tom.ashworth", day: -6, "14:00", "15:30", with: ["Grace Harrow", "Owen Bell"],
            notes: "Wants one contact for all three sites.", isDone: true),
        Appointment(
            .visit, "Étalonnage sur site", "camille.fournier", day: 2, "09:30", "11:30",
            with: ["Solenn Le Goff", "Erwan Tanguy"]),
        Appointment(
            .task, "Relancer le devis des sondes", "camille.fournier", day: -3, with: ["Sylvie Garnier"]),
        Appointment(
            .meeting, "Point trimestriel", "julien.moreau", day: 3, "10:00", "11:00",
            with: ["Philippe Vautrin", "Nadia Benali"]),
        Appointment(
            .call, "Résultats des essais", "julien.moreau", day: -2, "11:00", "11:30", with: ["Bastien Roux"],
            isDone: true),
        Appointment(
            .visit, "Site tour with the network team", "priya.raman", day: 4, "13:00", "16:00",
            with: ["Julia Sanderson", "Peter Grainger"]),
        Appointment(.task, "Prepare the tender documents", "priya.raman", day: 0, with: ["Aisha Malik"]),
        Appointment(
            .meeting, "Turbidity sensors: second round", "ingrid.solheim", day: 1, "09:00", "10:00",
            with: ["Kari Nygård", "Silje Haugen"]),
        Appointment(
            .task, "Order spare membranes", "ingrid.solheim", day: -4, with: ["Astrid Eide"], isDone: true),
        Appointment(.meeting, "Trade fair in Jena", "eleanor.whitfield", day: 8, with: ["Jürgen Weißbach"]),
        Appointment(
            .call, "Delivery dates for Kyoto", "eleanor.whitfield", day: -1, "08:30", "09:00", with: ["Emi Sato"],
            notes: "They ask for two weeks less."),
        Appointment(
            .task, "Comment on the research proposal", "marc.delacroix", day: 5, "12:00",
            with: ["Antoine Lavallière", "Claire Dumas"]),
    ]

    /// Plans the meetings and tasks around today; those of a contact who has an account belong to it too.
    static func plan(
        _ tx: any Transaction, _ organization: OrganizationID, _ users: [String: UserID],
        _ contacts: [String: Contact], _ now: Int64
    ) throws {
        for appointment in appointments {
            guard let owner = users[appointment.owner],
                let zone = people.first(where: { $0.mailName == appointment.owner })?.timeZone
            else { continue }
            let invited = appointment.contacts.compactMap { contacts[$0] }
            var form = ActivityForm()
            form.kind = appointment.kind
            form.title = appointment.title
            form.notes = appointment.notes
            form.owner = owner
            form.contacts = invited.map(\.id)
            form.account = invited.first?.account
            let place = TimeZone(identifier: zone) ?? .gmt
            form.startDay = workingDay(appointment.day, from: LocalTime(now, in: place).day).description
            form.startTime = appointment.start ?? ""
            form.endTime = appointment.end ?? ""
            form.isAllDay = appointment.start == nil
            let id = try Activities.create(tx, organization, try form.validated(in: place), now: now)
            if appointment.isDone { try Activities.setDone(tx, organization, id, true, now: now) }
        }
    }

    /// Counts over Saturdays and Sundays; from one of those, today is the Monday after.
    private static func workingDay(_ number: Int, from today: CalendarDay) -> CalendarDay {
        var day = today.weekday > 5 ? today.monday.adding(7) : today
        for _ in 0..<abs(number) {
            repeat { day = day.adding(number.signum()) } while day.weekday > 5
        }
        return day
    }
}
