import HTTPTypes

@testable import Web

extension TestBrowser {
    /// Sends the form of a meeting, with these fields in place of its own; redirections followed.
    func sendActivity(
        _ path: String, _ title: String, _ more: KeyValuePairs<String, String> = [:]
    ) async throws -> Answer {
        var fields = ["kind": "meeting", "title": title, "start-day": "2026-09-22", "start-time": "14:00"]
        var contacts: [(String, String)] = []
        for (name, value) in more {
            if name == "contact" { contacts.append((name, value)) } else { fields[name] = value }
        }
        let pairs = fields.map { ($0.key, $0.value) } + contacts
        let body = pairs.map { PathText.escaped($0) + "=" + PathText.escaped($1) }.joined(separator: "&")
        let answer = try await send(.post, path, body: encoded([:]) + "&" + body)
        guard answer.status == .seeOther, let place = answer.headers[.location] else { return answer }
        return try await get(place)
    }
}
