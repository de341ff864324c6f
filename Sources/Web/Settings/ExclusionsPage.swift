import CRM
import Hummingbird
import Store

/// Addresses and domains whose mail is never mirrored.
struct ExclusionsPage: Page {
    static let module = "Settings"
    let layout: Layout
    let menu: SettingsMenu
    let exclusions: [Line]
    let hasExclusions: Bool
    let pattern: Field
    let reason: Field

    struct Line: Sendable {
        let id: String
        let pattern: String
        let isDomain: Bool
        let reason: String?
        let added: Moment
    }

    static func show(_ visit: Visit) async throws -> Response {
        try visit.page(try await page(visit, FormProblems()))
    }

    static func add(_ visit: Visit) async throws -> Response {
        var form = ExclusionForm()
        form.pattern = visit.form["pattern"]
        form.reason = visit.form["reason"]
        let own = try await visit.read { try Organizations.find($0, $1)?.ownDomains ?? [] }
        let valid: ValidExclusion
        do {
            valid = try form.validated(ownDomains: own)
        } catch {
            return try visit.page(try await page(visit, error), status: .unprocessableContent)
        }
        let (viewer, now) = (visit.viewer.id, visit.now)
        try await visit.write { tx, organization in
            try Exclusions.add(tx, organization, valid, now: now)
            try AuditTrail.record(
                tx, organization, by: viewer, .exclusionAdded, ["pattern": valid.pattern], now: now)
        }
        visit.web.engine.addressBookChanged(organization: visit.organization)
        return visit.redirect("/settings/exclusions", .exclusionAdded)
    }

    static func remove(_ visit: Visit) async throws -> Response {
        let id: ExclusionID = try visit.id("exclusion")
        let (viewer, now) = (visit.viewer.id, visit.now)
        try await visit.write { tx, organization in
            let pattern = try Exclusions.list(tx, organization).first { $0.id == id }?.pattern
            try Exclusions.remove(tx, organization, id)
            if let pattern {
                try AuditTrail.record(tx, organization, by: viewer, .exclusionRemoved, ["pattern": pattern], now: now)
            }
        }
        visit.web.engine.addressBookChanged(organization: visit.organization)
        return visit.redirect("/settings/exclusions", .exclusionRemoved)
    }

    private static func page(_ visit: Visit, _ problems: FormProblems) async throws -> ExclusionsPage {
        let exclusions = try await visit.read { try Exclusions.list($0, $1) }
        let dates = visit.dates
        return ExclusionsPage(
            layout: visit.layout("Exclusions", .settings), menu: visit.menu(.exclusions),
            exclusions: exclusions.map { exclusion in
                Line(
                    id: exclusion.id.description, pattern: exclusion.pattern,
                    isDomain: exclusion.pattern.hasPrefix("@"), reason: exclusion.reason.nonEmpty,
                    added: dates.moment(exclusion.createdAt))
            }, hasExclusions: !exclusions.isEmpty,
            pattern: Field("pattern", visit.form["pattern"], problems[.pattern]),
            reason: Field("reason", visit.form["reason"], problems[.reason]))
    }
}
