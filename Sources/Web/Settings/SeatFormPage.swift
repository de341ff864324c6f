import CRM
import Hummingbird
import Store
import Wording

/// A sync-only user: a seat for a further mailbox of someone, as an administrator adds, changes and deletes it.
struct SeatFormPage: Page {
    static let module = "Settings"
    let layout: Layout
    let menu: SettingsMenu
    let heading: Phrase
    let action: String
    let isNew: Bool
    let name: Field
    let email: Field
    let people: [Choice]
    let problem: Phrase?

    static func new(_ visit: Visit) async throws -> Response {
        try await answer(visit, UserForm(), person: nil, seat: nil, UserProblems())
    }

    static func create(_ visit: Visit) async throws -> Response {
        let form = UserForm(visit.form)
        let person = UserID(visit.form["person"])
        do {
            let valid = try form.validated()
            guard let person else { throw UserError.noSuchPerson }
            let (by, now) = (visit.viewer.id, visit.now)
            try await visit.write { tx, organization in
                let id = try Users.createSeat(tx, organization, valid, of: person, now: now)
                try AuditTrail.record(
                    tx, organization, by: by, .userCreated, ["user": id.description, "name": valid.name], now: now)
            }
            return visit.redirect("/settings/users", .seatAdded)
        } catch {
            guard let problems = UserProblems(error) else { throw error }
            return try await answer(visit, form, person: person, seat: nil, problems)
        }
    }

    static func edit(_ visit: Visit) async throws -> Response {
        let seat = try await visit.syncOnlyUser()
        return try await answer(visit, UserForm(seat), person: seat.person, seat: seat, UserProblems())
    }

    static func save(_ visit: Visit) async throws -> Response {
        let seat = try await visit.syncOnlyUser()
        let form = UserForm(visit.form)
        do {
            let valid = try form.validated()
            try await visit.write { try Users.update($0, $1, seat.id, valid) }
            return visit.redirect("/settings/users", .userSaved)
        } catch {
            guard let problems = UserProblems(error) else { throw error }
            return try await answer(visit, form, person: seat.person, seat: seat, problems)
        }
    }

    static func delete(_ visit: Visit) async throws -> Response {
        let seat = try await visit.syncOnlyUser()
        let (by, now) = (visit.viewer.id, visit.now)
        do {
            try await visit.write { tx, organization in
                try Users.deleteSeat(tx, organization, seat.id, now: now)
                try AuditTrail.record(
                    tx, organization, by: by, .userDeleted, ["user": seat.id.description, "name": seat.name], now: now)
            }
            return visit.redirect("/settings/users", .seatDeleted)
        } catch {
            guard let problems = UserProblems(error) else { throw error }
            return try await answer(visit, UserForm(seat), person: seat.person, seat: seat, problems)
        }
    }

    private static func answer(
        _ visit: Visit, _ form: UserForm, person: UserID?, seat: User?, _ problems: UserProblems
    ) async throws -> Response {
        let people = try await visit.read { tx, organization in
            try seat == nil
                ? Users.colleagues(tx, organization) : Users.list(tx, organization).filter { $0.id == person }
        }
        let page = SeatFormPage(visit, form, person, seat, problems, people)
        return try visit.page(page, status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private init(
        _ visit: Visit, _ form: UserForm, _ person: UserID?, _ seat: User?, _ problems: UserProblems, _ people: [User]
    ) {
        heading = seat.map { .verbatim($0.name) } ?? "New sync-only user"
        layout = visit.layout(heading, .settings)
        menu = visit.menu(.users)
        action = seat.map { "/settings/seats/\($0.id)" } ?? "/settings/seats"
        isNew = seat == nil
        name = Field("name", form.name, problems.form[.name])
        email = Field("email", form.email, problems.form[.email])
        self.people = people.map { Choice($0.id.description, .verbatim($0.name), isChosen: $0.id == person) }
        problem = problems.general
    }
}

extension Visit {
    /// The sync-only user that the path names.
    fileprivate func syncOnlyUser() async throws -> User {
        let id: UserID = try id("seat")
        guard let user = try await read({ try Users.find($0, $1, id) }), user.person != nil else {
            throw WebError.notFound(.user)
        }
        return user
    }
}
