import CRM
import Hummingbird
import Store
import Wording

/// The seven days of a week, from Monday, with what takes place or is due on each.
struct TaskWeekPage: Page {
    static let module = "Activities"
    let layout: Layout
    let bar: TaskBar
    let title: Phrase
    let previous: String
    let next: String
    /// Nil in the week that is now.
    let thisWeek: String?
    let new: String
    let days: [Day]
    let isEmpty: Bool
    let isCut: Bool

    struct Day: Sendable {
        let id: String
        let weekday: Phrase
        let number: String
        let name: Phrase
        let isToday: Bool
        let new: String
        let lines: [ActivityLine]
        let isEmpty: Bool
    }

    /// More than this nobody reads in a week.
    static let limit = 500

    static func show(_ visit: Visit) async throws -> Response {
        let text = visit.activityTimes
        let wanted = CalendarDay(visit.query["week"]).flatMap { ActivityForm.years.contains($0.year) ? $0 : nil }
        let monday = (wanted ?? text.today).monday
        let days = (0..<7).map { monday.adding($0) }
        return try visit.page(
            try await visit.read { tx, organization in
                let users = try Users.people(tx, organization)
                let scope = TaskBar.scope(visit, users)
                let activities = try ActivityList.during(
                    tx, organization, scope, from: LocalTime.begin(of: monday, in: text.zone),
                    until: LocalTime.begin(of: monday.adding(7), in: text.zone), days: monday...monday.adding(6),
                    limit: limit)
                func path(_ monday: CalendarDay) -> String {
                    let week = monday == text.today.monday ? nil : monday.description
                    return PathText.with("/tasks/week", ["owner": TaskBar.value(scope, visit), "week": week])
                }
                let here = path(monday)
                let shown = days.map { day in
                    Day(day, activities, visit.viewer.user, text, back: here)
                }
                return TaskWeekPage(
                    layout: visit.layout("Tasks", .tasks, live: try LiveAddress(.tasks, tx, visit.web.marks)),
                    bar: TaskBar(scope, users, visit, week: monday), title: ActivityTimeText.week(from: monday),
                    previous: path(monday.adding(-7)), next: path(monday.adding(7)),
                    thisWeek: monday == text.today.monday ? nil : path(text.today.monday),
                    new: PathText.with("/activities/new", ["back": here]), days: shown,
                    isEmpty: activities.isEmpty, isCut: activities.count == limit)
            })
    }
}

extension TaskWeekPage.Day {
    fileprivate init(
        _ day: CalendarDay, _ activities: [ListedActivity], _ viewer: User, _ text: ActivityTimeText, back: String
    ) {
        id = day.description
        weekday = DateWords.shortWeekday(day.weekday)
        number = String(day.day)
        name = text.long(day)
        isToday = day == text.today
        new = PathText.with("/activities/new", ["day": day.description, "back": back])
        // Whole days stand above.
        let here = activities.filter {
            ($0.time.firstDay(in: text.zone)...$0.time.lastDay(in: text.zone)).contains(day)
        }
        lines = (here.filter(\.time.isAllDay) + here.filter { !$0.time.isAllDay }).map {
            ActivityLine($0, viewer: viewer, text: text, back: back, day: day)
        }
        isEmpty = lines.isEmpty
    }
}
