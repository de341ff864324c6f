import CRM
import Hummingbird
import Store
import Wording

/// Adding an activity, or changing one.
struct ActivityFormPage: Page {
    static let module = "Activities"
    let layout: Layout
    let heading: Phrase
    let action: String
    let back: String
    let cancel: String
    /// Nil for one that is not there yet.
    let deletion: String?
    let problem: Phrase?
    let kinds: [Choice]
    let kindProblem: Phrase?
    let title: Field
    let startDay: Field
    let startTime: Field
    let endDay: Field
    let endTime: Field
    let isAllDay: Bool
    let zone: String
    let contacts: ContactChoices
    let accounts: [Choice]
    let owners: [Choice]
    let ownerProblem: Phrase?
    let notes: Field
    let showsInCalendar: Bool

    static func new(_ visit: Visit) async throws -> Response {
        var form = ActivityForm()
        form.owner = visit.viewer.id
        form.kind = ActivityKind(rawValue: visit.query["kind"]) ?? .meeting
        form.account = AccountID(visit.query["account"])
        if let id = ContactID(visit.query["contact"]),
            let contact = try await visit.read({ try Contacts.find($0, $1, id) })
        {
            form.contacts = [id]
            form.account = contact.account
        }
        // The next full hour, or the morning of a day that was chosen.
        let soon = LocalTime(visit.now + 3_600, in: visit.zone)
        let day = CalendarDay(visit.query["day"])
        form.startDay = (day ?? soon.day).description
        form.startTime = LocalTime(day: soon.day, minute: day == nil ? soon.minute / 60 * 60 : 9 * 60).time
        return try await answer(visit, form, nil)
    }

    static func create(_ visit: Visit) async throws -> Response {
        let form = ActivityForm(visit.form)
        if ContactChoices.isSearching(visit.form) { return try await answer(visit, form, nil) }
        do {
            let (valid, planner, now) = (try form.validated(in: visit.zone), visit.viewer.id, visit.now)
            try await visit.write { _ = try Activities.create($0, $1, valid, by: planner, now: now) }
            return visit.redirect(visit.back(visit.form), .activityAdded)
        } catch let error as FormProblems {
            return try await answer(visit, form, nil, error)
        } catch let error as ActivityError {
            return try await answer(visit, form, nil, refusal: error)
        }
    }

    static func edit(_ visit: Visit) async throws -> Response {
        let activity = try await visit.changeableActivity()
        return try await answer(visit, ActivityForm(activity, in: visit.zone), activity)
    }

    static func save(_ visit: Visit) async throws -> Response {
        let activity = try await visit.changeableActivity()
        var form = ActivityForm(visit.form)
        form.present = activity.time
        if ContactChoices.isSearching(visit.form) { return try await answer(visit, form, activity) }
        do {
            let (valid, now) = (try form.validated(in: visit.zone), visit.now)
            try await visit.changeActivity { tx, organization, activity in
                _ = try Activities.update(tx, organization, activity.id, valid, now: now)
            }
            let path = PathText.with("/activities/\(activity.id)", ["back": visit.back(visit.form)])
            return visit.redirect(path, .activitySaved)
        } catch let error as FormProblems {
            return try await answer(visit, form, activity, error)
        } catch let error as ActivityError {
            return try await answer(visit, form, activity, refusal: error)
        }
    }

    private static func answer(
        _ visit: Visit, _ form: ActivityForm, _ activity: Activity?, _ problems: FormProblems = FormProblems(),
        refusal: ActivityError? = nil
    ) async throws -> Response {
        let page = try await visit.read { tx, organization in
            ActivityFormPage(
                visit, form, activity, problems, refusal,
                contacts: try ContactChoices(tx, organization, form, query: visit.form["contact-name"], problems),
                accounts: try Accounts.choices(tx, organization, including: form.account),
                users: try Users.list(tx, organization).filter {
                    $0.isActive && $0.person == nil || $0.id == form.owner
                })
        }
        let isRefused = refusal != nil || !problems.problems.isEmpty
        return try visit.page(page, status: isRefused ? .unprocessableContent : .ok)
    }

    private init(
        _ visit: Visit, _ form: ActivityForm, _ activity: Activity?, _ problems: FormProblems,
        _ refusal: ActivityError?, contacts: ContactChoices, accounts: [Accounts.Named], users: [User]
    ) {
        let title: Phrase = activity.map { "Edit \($0.title)" } ?? "New activity"
        layout = visit.layout(title, .tasks)
        heading = title
        let back = visit.back(visit.form.contains("back") ? visit.form : visit.query)
        self.back = back
        let own = activity.map { "/activities/\($0.id)" }
        action = own.map { $0 + "/edit" } ?? "/activities"
        cancel = own.map { PathText.with($0, ["back": back]) } ?? back
        deletion = own.map { PathText.with($0 + "/delete", ["back": back]) }
        problem = refusal?.sentence
        kinds = ActivityKind.allCases.map { Choice($0.rawValue, $0.label, isChosen: $0 == form.kind) }
        kindProblem = problems[.kind]
        self.title = Field("title", form.title, problems[.title])
        startDay = Field("start-day", form.startDay, problems[.startDay])
        startTime = Field("start-time", form.startTime, problems[.startTime])
        endDay = Field("end-day", form.endDay, problems[.endDay])
        endTime = Field("end-time", form.endTime, problems[.endTime])
        isAllDay = form.isAllDay
        zone = visit.viewer.user.timeZone.replacing("_", with: " ")
        self.contacts = contacts
        self.accounts =
            [Choice("", "No account", isChosen: form.account == nil)]
            + accounts.map { Choice($0.id.description, .verbatim($0.name), isChosen: $0.id == form.account) }
        owners = users.map {
            Choice(
                $0.id.description, $0.id == visit.viewer.id ? "\($0.name) (you)" : .verbatim($0.name),
                isChosen: $0.id == form.owner)
        }
        ownerProblem = problems[.owner]
        notes = Field("notes", form.notes, problems[.notes])
        showsInCalendar = form.showsInCalendar
    }
}

extension ActivityForm {
    init(_ fields: FormFields) {
        self.init()
        kind = ActivityKind(rawValue: fields["kind"])
        title = fields["title"]
        startDay = fields["start-day"]
        startTime = fields["start-time"]
        endDay = fields["end-day"]
        endTime = fields["end-time"]
        isAllDay = fields.isChecked("all-day")
        contacts = fields.all("contact").compactMap(ContactID.init)
        account = AccountID(fields["account"])
        owner = UserID(fields["owner"])
        notes = fields["notes"]
        showsInCalendar = fields.isChecked("in-calendar")
    }
}
