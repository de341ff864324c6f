import Foundation

extension BrowserSession {
    /// What axe-core finds wrong with the page as it stands, by the rules of WCAG 2.2 A and AA and its own good practice.
    ///
    /// - Throws: ``TestServerError/notInstalled(program:packages:)`` where `scripts/install.sh test` has not run.
    public func accessibilityViolations() async throws -> [AccessibilityViolation] {
        let script = try AxeCore.script()
        let answer = try await run(
            """
            if (!window.axe) { \(script) }
            return axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map((one) => ({
              rule: one.id, impact: one.impact, help: one.help,
              places: one.nodes.map((node) => node.target.join(" ") + ": " + node.failureSummary),
            })));
            """)
        guard let violations = answer.array else {
            throw TestServerError.unexpected("axe-core gave no list of violations but \(answer).")
        }
        return violations.map { AccessibilityViolation($0) }
    }
}
