import CRM
import Foundation
import Store
import Wording

/// When an open activity is due, seen from a person's own today; a week ends with its Sunday.
enum TaskDeadline: String, CaseIterable, Sendable {
    case overdue
    case today
    case thisWeek = "this-week"
    case later

    var title: Phrase {
        switch self {
        case .overdue: "Overdue"
        case .today: "Today"
        case .thisWeek: "This week"
        case .later: "Later"
        }
    }

    /// What goes on counts for today, however long ago it began.
    init(_ time: ActivityTime, _ text: ActivityTimeText) {
        let day = time.firstDay(in: text.zone)
        self =
            if time.isOver(at: text.now, in: text.zone) { .overdue } else if day <= text.today {
                .today
            } else if day
                <= text.today.monday.adding(6)
            { .thisWeek } else { .later }
    }

    /// Those that have activities, in order.
    static func groups(
        _ activities: [ListedActivity], _ text: ActivityTimeText
    ) -> [(deadline: TaskDeadline, activities: [ListedActivity])] {
        let sorted = Dictionary(grouping: activities) { TaskDeadline($0.time, text) }
        return allCases.compactMap { deadline in sorted[deadline].map { (deadline, $0) } }
    }
}
