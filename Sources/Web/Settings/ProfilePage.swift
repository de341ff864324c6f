import CRM
import Hummingbird
import Store
import Wording

/// A person's own name, language and time zone.
struct ProfilePage: Page {
    static let module = "Settings"
    let layout: Layout
    let menu: SettingsMenu
    let person: Person
    let email: String
    let name: Field
    let jobTitle: Field
    let languages: [Choice]
    let timeZones: [Choice]
    let timeZoneProblem: Phrase?

    static func show(_ visit: Visit) async throws -> Response {
        var form = UserForm()
        form.name = visit.viewer.user.name
        form.title = visit.viewer.user.title
        return try visit.page(ProfilePage(visit, form, visit.viewer.user.timeZone, FormProblems()))
    }

    static func save(_ visit: Visit) async throws -> Response {
        var form = UserForm()
        form.name = visit.form["name"]
        form.title = visit.form["title"]
        form.email = visit.viewer.user.email
        let zone = visit.form["time-zone"]
        do {
            let valid = try form.validated()
            guard let zone = TimeZones.known(zone) else {
                return try visit.page(
                    ProfilePage(visit, form, zone, FormProblems(), timeZone: "Choose a time zone from the list."),
                    status: .unprocessableContent)
            }
            let user = visit.viewer.user
            let language = Language(rawValue: visit.form["language"]) ?? user.language
            try await visit.write { tx, organization in
                try Users.update(tx, organization, user.id, valid)
                try Users.setPreferences(tx, organization, user.id, locale: language.rawValue, timeZone: zone)
            }
            return visit.redirect("/settings/profile", .profileSaved)
        } catch let error as FormProblems {
            return try visit.page(ProfilePage(visit, form, zone, error), status: .unprocessableContent)
        }
    }

    private init(
        _ visit: Visit, _ form: UserForm, _ zone: String, _ problems: FormProblems, timeZone problem: Phrase? = nil
    ) {
        layout = visit.layout("Profile", .settings)
        menu = visit.menu(.profile)
        person = Person(visit.viewer.user.name)
        email = visit.viewer.user.email
        name = Field("name", form.name, problems[.name])
        jobTitle = Field("title", form.title, problems[.title])
        languages = Choice.languages(visit.form.optional("language") ?? visit.viewer.user.language.rawValue)
        timeZones = Choice.timeZones(zone)
        timeZoneProblem = problem
    }
}

extension Choice {
    /// The languages to choose from, each by the name that it has for itself.
    static func languages(_ chosen: String) -> [Choice] {
        Language.allCases.map { Choice($0.rawValue, .verbatim($0.ownName), isChosen: $0.rawValue == chosen) }
    }

    /// The time zones to choose from, and the chosen one where it is none of them.
    static func timeZones(_ chosen: String) -> [Choice] {
        let names = TimeZones.all.contains(chosen) ? TimeZones.all : [chosen] + TimeZones.all
        return names.map { Choice($0, .verbatim($0.replacing("_", with: " ")), isChosen: $0 == chosen) }
    }
}
