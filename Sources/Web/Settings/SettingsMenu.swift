/// The pages of the settings, as their menu shows them.
struct SettingsMenu: Sendable {
    let items: [Item]

    struct Item: Sendable {
        let path: String
        let label: String
        let icon: String
        let isCurrent: Bool
        let needsAttention: Bool
    }

    enum Place: Sendable { case mailbox, profile, password, sessions, organization, exclusions, users }

    init(_ current: Place, _ viewer: Viewer) {
        var items: [(Place, String, String, String)] = [
            (.mailbox, "/settings/mailbox", "Mailbox Sync", "mailbox"),
            (.profile, "/settings/profile", "Profile", "user"),
            (.password, "/settings/password", "Password", "key"),
            (.sessions, "/settings/sessions", "Sessions", "device"),
        ]
        if viewer.user.isAdministrator {
            items += [
                (.organization, "/settings/organization", "Organisation", "building"),
                (.users, "/settings/users", "Users", "users"),
                (.exclusions, "/settings/exclusions", "Exclusions", "shield"),
            ]
        }
        self.items = items.map { place, path, label, icon in
            Item(
                path: path, label: label, icon: icon, isCurrent: place == current,
                needsAttention: place == .mailbox && viewer.mailboxNeedsAttention)
        }
    }
}

extension Visit {
    func menu(_ place: SettingsMenu.Place) -> SettingsMenu { SettingsMenu(place, viewer) }
}
