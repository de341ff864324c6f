import Mustache
import Wording

/// Makes of a page model what the template engine reads: each struct becomes a dictionary, reflected once however many
/// tags name its members, and each phrase becomes text in the language of the page.
///
/// A member that is nil is known and renders as nothing. Without that the engine would look for the name in the models
/// around it.
struct PageTree {
    private let catalogue: Catalogue

    init(_ catalogue: Catalogue) { self.catalogue = catalogue }

    func of(_ value: Any) -> Any {
        switch value {
        case let text as String: return text
        case let flag as Bool: return flag
        case let number as Int: return number
        case let phrase as Phrase: return catalogue.text(phrase)
        default: break
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { of($0.value) } ?? Absent()
        case .collection: return mirror.children.map { of($0.value) }
        case .struct:
            var members: [String: Any] = [:]
            members.reserveCapacity(mirror.children.count)
            for child in mirror.children {
                if let label = child.label { members[label] = of(child.value) }
            }
            return members
        default: return String(describing: value)
        }
    }

    /// What stands for nil.
    struct Absent: MustacheCustomRenderable {
        var renderText: String { "" }
        var isNull: Bool { true }
    }
}
