import Foundation

/// What a service answers.
struct SandboxAnswer: Sendable {
    var status: Int
    var headers: [(name: String, value: String)] = []
    var body = Data()

    static func json(_ value: JSONValue, status: Int = 200) -> SandboxAnswer {
        SandboxAnswer(
            status: status, headers: [("Content-Type", "application/json; charset=utf-8")], body: value.data)
    }

    static func page(_ html: String, status: Int = 200) -> SandboxAnswer {
        SandboxAnswer(
            status: status,
            headers: [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")],
            body: Data(html.utf8))
    }

    static func redirect(to location: String) -> SandboxAnswer {
        SandboxAnswer(status: 302, headers: [("Location", location), ("Cache-Control", "no-store")])
    }

    static func empty(_ status: Int) -> SandboxAnswer { SandboxAnswer(status: status) }

    func adding(_ name: String, _ value: String) -> SandboxAnswer {
        var copy = self
        copy.headers.append((name, value))
        return copy
    }

    func header(_ name: String) -> String? {
        headers.first { $0.name.caseInsensitiveCompare(name) == .orderedSame }?.value
    }
}
