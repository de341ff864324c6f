import HTTPTypes
import Testing

@testable import Web

/// Follows all links and sends all forms that only ask (method GET), each choice of their lists by itself, and gathers
/// the planted words on everything that comes back.
struct Crawler {
    private let browser: TestBrowser
    private var waiting: [String] = []
    private var seen: Set<String> = []
    /// The words that were found anywhere.
    private(set) var words: Set<String> = []
    private(set) var pages = 0

    /// There are no more pages of this many in the company that is crawled.
    static let limit = 2_500

    init(_ browser: TestBrowser) { self.browser = browser }

    mutating func crawl(from starts: [String]) async throws {
        waiting += starts
        while let next = waiting.popLast(), pages < Self.limit {
            let path = String(next.prefix { $0 != "#" })
            guard Self.isWanted(path), seen.insert(Self.place(path)).inserted else { continue }
            let answer = try await browser.send(.get, path)
            #expect(answer.status.code < 500, "\(path)")
            pages += 1
            read(answer, asked: Self.question(path))
            if let place = answer.headers[.location] { waiting.append(place) }
            waiting += answer.links
            if answer.text.contains("<select") { waiting += Self.questions(answer.text) }
        }
        #expect(pages < Self.limit)
    }

    /// A message's page says the same, but for the way back, wherever one comes from.
    private static func place(_ path: String) -> String {
        path.hasPrefix("/messages/") ? String(path.prefix { $0 != "?" }) : path
    }

    /// What is not a page: another site, a file of our own, a stream that does not end. And of what has no end, the
    /// weeks and the pages that only differ in the way back, one.
    private static func isWanted(_ path: String) -> Bool {
        guard path.hasPrefix("/"), !path.hasPrefix("//"), !path.hasPrefix("/assets/"), !path.hasPrefix("/events")
        else { return false }
        let query = path.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        return !query.contains("week=") && !query.contains("day=") && !query.contains("back=")
            && query.split(separator: "&").count <= 2
    }

    /// Reads an answer that was got otherwise.
    mutating func read(_ answer: TestBrowser.Answer, asked: String? = nil) {
        PlantedWords.find(in: Array(answer.text.utf8), asked: asked.map { Array($0.utf8) }) { words.insert($0) }
    }

    private static func question(_ path: String) -> String? {
        path.firstMatch(of: /[?&]q=([^&]+)/).map { String($0.output.1) }
    }

    /// The addresses to which the forms of a page lead that only ask.
    private static func questions(_ text: String) -> [String] {
        text.matches(of: /<form([^>]*)>(.*?)<\/form>/.dotMatchesNewlines()).flatMap { form -> [String] in
            let head = String(form.output.1)
            guard !head.contains("method=\"post\""), let action = attribute("action", head) else { return [] }
            let lists = form.output.2.matches(of: /<select name="([^"]*)".*?<\/select>/.dotMatchesNewlines())
            return [action]
                + lists.flatMap { list in
                    list.output.0.matches(of: /<option value="([^"]+)"/).map {
                        "\(action)?\(list.output.1)=\($0.output.1)"
                    }
                }
        }
    }

    private static func attribute(_ name: String, _ head: String) -> String? {
        guard let start = head.range(of: name + "=\"") else { return nil }
        return String(head[start.upperBound...].prefix { $0 != "\"" })
    }
}
