import CRM
import Hummingbird
import Store

/// The organisation's name and the rules of the mirror.
struct OrganizationPage: Page {
    static let module = "Settings"
    let layout: Layout
    let menu: SettingsMenu
    let name: Field
    let domains: Field
    let mirrorsReceived: Bool
    let equalsByDepth: Bool

    static func show(_ visit: Visit) async throws -> Response {
        try visit.page(OrganizationPage(visit, OrganizationForm(visit.viewer.organization), FormProblems()))
    }

    static func save(_ visit: Visit) async throws -> Response {
        let form = OrganizationForm(visit.form)
        let valid: OrganizationForm.Valid
        do {
            valid = try form.validated()
        } catch {
            return try visit.page(OrganizationPage(visit, form, error), status: .unprocessableContent)
        }
        let (before, now) = (visit.viewer.organization, visit.now)
        try await visit.write { tx, organization in
            try Organizations.rename(tx, organization, valid.name)
            if before.ownDomains != valid.ownDomains || before.mirrorsReceived != valid.mirrorsReceived {
                try Organizations.setMirroring(
                    tx, organization, ownDomains: valid.ownDomains, mirrorsReceived: valid.mirrorsReceived, now: now)
            }
            if before.equals != valid.equals {
                try Organizations.setEqualsRule(tx, organization, valid.equals, now: now)
            }
        }
        visit.web.engine.rulesChanged(organization: visit.organization)
        return visit.redirect("/settings/organization", .organizationSaved)
    }

    private init(_ visit: Visit, _ form: OrganizationForm, _ problems: FormProblems) {
        layout = visit.layout("Organisation", .settings)
        menu = visit.menu(.organization)
        name = Field("name", form.name, problems[.organizationName])
        domains = Field("domains", form.ownDomains, problems[.domain])
        mirrorsReceived = form.mirrorsReceived
        equalsByDepth = form.equals == .sameDepth
    }
}
