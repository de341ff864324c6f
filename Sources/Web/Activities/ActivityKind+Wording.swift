import CRM
import Wording

extension ActivityKind {
    /// "Meeting"
    var label: Phrase {
        switch self {
        case .meeting: "Meeting"
        case .call: "Call"
        case .visit: "Visit"
        case .task: "Task"
        }
    }

    /// Its name in the sprite.
    var icon: String {
        switch self {
        case .meeting: "calendar"
        case .call: "phone"
        case .visit: "pin"
        case .task: "tasks"
        }
    }
}
