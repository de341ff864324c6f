import CRM
import Hummingbird
import Mail
import Store
import Wording

/// Adding a user, or changing one: who they are, what they may, and where they stand in the hierarchy.
struct UserFormPage: Page {
    static let module = "Settings"
    let layout: Layout
    let menu: SettingsMenu
    let heading: Phrase
    let action: String
    let isNew: Bool
    let canInvite: Bool
    let name: Field
    let email: Field
    let jobTitle: Field
    let password: Field
    let minimum: Int
    let isAdministrator: Bool
    let isActive: Bool
    let places: [Choice]
    let placeProblem: Phrase?
    let levels: [Choice]
    let languages: [Choice]
    let timeZones: [Choice]
    /// What concerns no single field.
    let problem: Phrase?

    static func new(_ visit: Visit) async throws -> Response {
        try await answer(visit, UserRoleForm(), UserForm(), nil, UserProblems())
    }

    static func create(_ visit: Visit) async throws -> Response {
        let (form, role) = (UserForm(visit.form), UserRoleForm(visit.form))
        do {
            let valid = try form.validated()
            var hash: String?
            if let password = valid.password { hash = try await visit.web.passwords.make(password) }
            let (viewer, now, passwordHash) = (visit.viewer, visit.now, hash)
            let user = try await visit.write { tx, organization in
                let id = try Users.create(
                    tx, organization, valid, passwordHash: passwordHash, isAdministrator: role.isAdministrator,
                    locale: (role.language ?? viewer.user.language).rawValue,
                    timeZone: role.timeZone ?? viewer.user.timeZone, now: now)
                try Users.place(tx, organization, id, role.place, now: now)
                try Users.setLevel(tx, organization, id, role.level, now: now)
                try AuditTrail.record(
                    tx, organization, by: viewer.id, .userCreated, ["user": id.description, "name": valid.name],
                    now: now)
                return id
            }
            return hash == nil ? try await visit.invite(user) : visit.redirect("/settings/users", .userAdded)
        } catch {
            guard let problems = UserProblems(error) else { throw error }
            return try await answer(visit, role, form, nil, problems)
        }
    }

    static func edit(_ visit: Visit) async throws -> Response {
        let user = try await visit.user()
        return try await answer(visit, UserRoleForm(user), UserForm(user), user, UserProblems())
    }

    static func save(_ visit: Visit) async throws -> Response {
        let user = try await visit.user()
        let (form, role) = (UserForm(visit.form), UserRoleForm(visit.form))
        do {
            let valid = try form.validated()
            var hash: String?
            if let password = valid.password { hash = try await visit.web.passwords.make(password) }
            let change = UserChange(before: user, valid: valid, role: role, passwordHash: hash, by: visit.viewer.id)
            let now = visit.now
            try await visit.write { try change.apply($0, $1, now: now) }
            await visit.sessionsEnded()
            return visit.redirect("/settings/users", .userSaved)
        } catch {
            guard let problems = UserProblems(error) else { throw error }
            return try await answer(visit, role, form, user, problems)
        }
    }

    private static func answer(
        _ visit: Visit, _ role: UserRoleForm, _ form: UserForm, _ user: User?, _ problems: UserProblems
    ) async throws -> Response {
        let key = problems.isEmpty ? nil : EmailAddress(form.email.trimmed)?.matchKey
        let (users, holder) = try await visit.read { tx, organization in
            (
                try Users.people(tx, organization),
                try key.flatMap { try Users.holder(tx, organization, ofAddress: $0, besides: user?.id) }
            )
        }
        var problems = problems
        // Found only when the user is written, and told together with what else is wrong.
        if let holder, problems.form[.email] == nil {
            problems.form.add(.email, UserError.emailTaken(email: form.email.trimmed, by: holder).sentence)
        }
        let page = UserFormPage(visit, role, form, user, problems, users)
        return try visit.page(page, status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private init(
        _ visit: Visit, _ role: UserRoleForm, _ form: UserForm, _ user: User?, _ problems: UserProblems, _ users: [User]
    ) {
        heading = user.map { .verbatim($0.name) } ?? "New user"
        layout = visit.layout(heading, .settings)
        menu = visit.menu(.users)
        action = user.map { "/settings/users/\($0.id)" } ?? "/settings/users"
        isNew = user == nil
        canInvite = user?.isActive == true
        name = Field("name", form.name, problems.form[.name])
        email = Field("email", form.email, problems.form[.email])
        jobTitle = Field("title", form.title, problems.form[.title])
        password = Field("password", "", problems.form[.password])
        minimum = PasswordRules.minimum
        isAdministrator = role.isAdministrator
        isActive = role.isActive
        places =
            [
                Choice("outside", "Outside the hierarchy", isChosen: role.place == .outside),
                Choice("top", "At the top", isChosen: role.place == .top),
            ]
            + users.filter { $0.id != user?.id }.map { other in
                Choice(other.id.description, "Below \(other.name)", isChosen: role.place == .below(other.id))
            }
        placeProblem = problems.place
        levels = VisibilityLevel.allCases.map { level in
            Choice("\(level.rawValue)", "\(level.rawValue): \(level.sentence)", isChosen: role.level == level)
        }
        languages = Choice.languages((role.language ?? visit.viewer.user.language).rawValue)
        timeZones = Choice.timeZones(role.timeZone ?? visit.viewer.user.timeZone)
        problem = problems.general
    }
}

extension Visit {
    /// The user that the path names.
    func user() async throws -> User {
        let id: UserID = try id("user")
        guard let user = try await read({ try Users.find($0, $1, id) }), user.person == nil else {
            throw WebError.notFound(.user)
        }
        return user
    }
}
