import CRM
import Database
import Store
import Wording

/// What a user may and where they stand, as an administrator fills it in.
struct UserRoleForm: Sendable {
    var isAdministrator = false
    var isActive = true
    var place = Place.outside
    var level = VisibilityLevel.own
    /// Nil for the same as whoever adds the user.
    var language: Language?
    /// Nil for the same as whoever adds the user.
    var timeZone: String?

    init() {}

    init(_ user: User) {
        isAdministrator = user.isAdministrator
        isActive = user.isActive
        place = user.place
        level = user.level
        language = user.language
        timeZone = user.timeZone
    }

    init(_ fields: FormFields) {
        isAdministrator = fields.isChecked("administrator")
        isActive = !fields.contains("new") ? fields.isChecked("active") : true
        place = UserID(fields["place"]).map(Place.below) ?? (fields["place"] == "top" ? .top : .outside)
        level = Int(fields["level"]).flatMap(VisibilityLevel.init) ?? .own
        language = Language(rawValue: fields["language"])
        timeZone = TimeZones.known(fields["time-zone"])
    }
}

extension UserForm {
    init(_ fields: FormFields) {
        self.init()
        name = fields["name"]
        email = fields["email"]
        title = fields["title"]
        password = fields.optional("password").map { Secret($0) }
    }

    init(_ user: User) {
        self.init()
        name = user.name
        email = user.email
        title = user.title
    }
}

/// What an administrator changes about a user, with an entry in the audit trail for each permission.
struct UserChange: Sendable {
    let before: User
    let valid: ValidUser
    let role: UserRoleForm
    let passwordHash: String?
    let by: UserID

    func apply(_ tx: any Transaction, _ organization: OrganizationID, now: Int64) throws {
        let id = before.id
        func record(_ action: AuditTrail.Action, _ value: String? = nil) throws {
            var subject = ["user": id.description, "name": valid.name]
            subject["value"] = value
            try AuditTrail.record(tx, organization, by: by, action, subject, now: now)
        }
        try Users.update(tx, organization, id, valid)
        let (locale, timeZone) = (role.language?.rawValue ?? before.locale, role.timeZone ?? before.timeZone)
        if locale != before.locale || timeZone != before.timeZone {
            try Users.setPreferences(tx, organization, id, locale: locale, timeZone: timeZone)
        }
        if let passwordHash {
            try Users.setPasswordHash(tx, organization, id, passwordHash)
            try Sessions.endAll(tx, organization, id)
            try Invitations.revoke(tx, organization, id)
            try record(.passwordChanged)
        }
        if role.isAdministrator != before.isAdministrator {
            try Users.setAdministrator(tx, organization, id, role.isAdministrator)
            try record(.administratorChanged, role.isAdministrator ? "yes" : "no")
        }
        if role.place != before.place {
            try Users.place(tx, organization, id, role.place, now: now)
            try record(.placeChanged, role.place.superior?.description ?? (role.place == .top ? "top" : "outside"))
        }
        if role.level != before.level {
            try Users.setLevel(tx, organization, id, role.level, now: now)
            try record(.levelChanged, String(role.level.rawValue))
        }
        if role.isActive != before.isActive {
            try Users.setActive(tx, organization, id, role.isActive, now: now)
            try record(role.isActive ? .userReactivated : .userDeactivated)
        }
    }
}

/// What is wrong with what was entered about a user.
struct UserProblems: Sendable {
    var form = FormProblems()
    var place: Phrase?
    var general: Phrase?

    init() {}

    /// Nil for an error that has nothing to do with what was entered.
    init?(_ error: any Error) {
        switch error {
        case let error as FormProblems: form = error
        case let error as UserError:
            switch error {
            case .emailTaken: form = FormProblems(.email, error.sentence)
            case .lastAdministrator, .cannotSignIn, .noSuchPerson, .seatHasMailbox: general = error.sentence
            }
        case let error as HierarchyError: place = error.sentence
        default: return nil
        }
    }

    var isEmpty: Bool { form.problems.isEmpty && place == nil && general == nil }
}
