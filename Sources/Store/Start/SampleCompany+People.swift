import CRM

extension SampleCompany {
    struct Person {
        /// The part of the address before the organisation's domain.
        let mailName: String
        let name: String
        let title: String
        let level: VisibilityLevel
        let superior: String?
        let isInHierarchy: Bool
        let isAdministrator: Bool
        let locale: String
        let timeZone: String
    }

    /// By ``Person/mailName``, whose second mailbox the sync-only user is for.
    static let seatOwner = "tom.ashworth"

    static var exclusions: [ExclusionForm] {
        [(lawyersDomain, "Our lawyers"), (humanResourcesEmail, "Human resources")].map { pattern, reason in
            var form = ExclusionForm()
            (form.pattern, form.reason) = (pattern, reason)
            return form
        }
    }

    /// Superiors stand before those below them.
    static let people: [Person] = [
        Person(
            mailName: "eleanor.whitfield", name: "Eleanor Whitfield", title: "Sales director", level: .below,
            superior: nil, isInHierarchy: true, isAdministrator: false,
            locale: "en", timeZone: "Europe/London"),
        Person(
            mailName: "marc.delacroix", name: "Marc Delacroix", title: "Head of sales, France", level: .below,
            superior: "eleanor.whitfield", isInHierarchy: true, isAdministrator: false,
            locale: "fr", timeZone: "Europe/Paris"),
        Person(
            mailName: "priya.raman", name: "Priya Raman", title: "Head of sales, UK and North", level: .below,
            superior: "eleanor.whitfield", isInHierarchy: true, isAdministrator: false,
            locale: "en", timeZone: "Europe/London"),
        Person(
            mailName: "camille.fournier", name: "Camille Fournier", title: "Account manager, West", level: .own,
            superior: "marc.delacroix", isInHierarchy: true, isAdministrator: false,
            locale: "fr", timeZone: "Europe/Paris"),
        Person(
            mailName: "julien.moreau", name: "Julien Moreau", title: "Account manager, Rhône-Alpes", level: .own,
            superior: "marc.delacroix", isInHierarchy: true, isAdministrator: false,
            locale: "fr", timeZone: "Europe/Paris"),
        Person(
            mailName: "tom.ashworth", name: "Tom Ashworth", title: "Account manager, Process", level: .own,
            superior: "priya.raman", isInHierarchy: true, isAdministrator: false,
            locale: "en", timeZone: "Europe/London"),
        Person(
            mailName: "ingrid.solheim", name: "Ingrid Solheim", title: "Account manager, Nordics",
            level: .belowAndEquals,
            superior: "priya.raman", isInHierarchy: true, isAdministrator: false,
            locale: "en", timeZone: "Europe/Oslo"),
        Person(
            mailName: "daniel.okafor", name: "Daniel Okafor", title: "Operations and service", level: .own,
            superior: nil, isInHierarchy: false, isAdministrator: true,
            locale: "en", timeZone: "Europe/London"),
    ]
}
