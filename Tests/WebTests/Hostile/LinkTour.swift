import Testing

@testable import Web

/// Follows all links, but of pages of one kind only some: enough to see all that can stand on each kind.
struct LinkTour {
    let browser: TestBrowser
    /// Pages whose addresses differ in their numbers and values only.
    private var kinds: [String: Int] = [:]

    static let limit = 6

    init(_ browser: TestBrowser) { self.browser = browser }

    /// What stands in `starts` is visited in any case, in its order.
    mutating func follow(from starts: [String]) async throws {
        var waiting = starts[...]
        var seen: Set<String> = []
        var isStart = starts.count
        while let path = waiting.popFirst() {
            defer { isStart -= 1 }
            guard path.hasPrefix("/"), !path.hasPrefix("/assets/"), !path.hasPrefix("/events"), !path.contains("#"),
                seen.insert(path).inserted
            else { continue }
            let kind = Self.kind(path)
            kinds[kind, default: 0] += 1
            guard isStart > 0 || kinds[kind]! <= Self.limit else { continue }
            let answer = try await browser.get(path)
            #expect(answer.status.code < 500, "\(path)")
            waiting += answer.links
        }
    }

    private static func kind(_ path: String) -> String {
        let parts = path.split(separator: "?", maxSplits: 1)
        let place = parts[0].split(separator: "/").map { $0.allSatisfy(\.isNumber) ? "N" : $0 }
        let names = parts.count > 1 ? parts[1].split(separator: "&").map { $0.prefix { $0 != "=" } }.sorted() : []
        return place.joined(separator: "/") + "?" + names.joined(separator: "&")
    }
}
