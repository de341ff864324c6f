import Wording

/// The pages of the settings, as their menu shows them.
struct SettingsMenu: Sendable {
    let items: [Item]

    struct Item: Sendable {
        let path: String
        let label: Phrase
        let icon: String
        let isCurrent: Bool
        let needsAttention: Bool
    }

    enum Place: Sendable {
        case mailbox, profile, password, sessions, organization, exclusions, providers, users, hierarchy, audit
    }

    /// The pages of the mailbox that this page is about.
    let mailbox: String
    /// Of the sync-only user whose mailbox it is; nil for the viewer's own.
    let seatName: String?

    init(_ current: Place, _ viewer: Viewer, _ seat: Seat) {
        var items: [(Bool, String, Phrase, String)] = viewer.seats.map { own in
            (current == .mailbox && own == seat, own.base, own.name.map { .verbatim($0) } ?? "Mailbox Sync", "mailbox")
        }
        var pages: [(Place, String, Phrase, String)] = [
            (.profile, "/settings/profile", "Profile", "user"),
            (.password, "/settings/password", "Password", "key"),
            (.sessions, "/settings/sessions", "Sessions", "device"),
        ]
        if viewer.user.isAdministrator {
            pages += [
                (.organization, "/settings/organization", "Organisation", "building"),
                (.users, "/settings/users", "Users", "users"),
                (.hierarchy, "/settings/hierarchy", "Hierarchy", "tree"),
                (.exclusions, "/settings/exclusions", "Exclusions", "shield"),
                (.providers, "/settings/providers", "Providers", "globe"),
                (.audit, "/settings/audit", "Audit", "list"),
            ]
        }
        items += pages.map { ($0 == current, $1, $2, $3) }
        let waiting = Set(viewer.seats.filter(\.needsAttention).map(\.base))
        self.items = items.map { isCurrent, path, label, icon in
            Item(path: path, label: label, icon: icon, isCurrent: isCurrent, needsAttention: waiting.contains(path))
        }
        mailbox = seat.base
        seatName = seat.name
    }
}

extension Visit {
    func menu(_ place: SettingsMenu.Place) -> SettingsMenu { SettingsMenu(place, viewer, seat) }
}
