import Foundation
import HTTPTypes
import Store
import Synchronization
import Testing

@testable import Web

/// Line ends and other sites' addresses in every parameter of every address: no answer has a header that is not the
/// product's own, and none leads elsewhere.
@Suite struct ForgedParameterTests {
    /// The names of all fields and parameters that the product reads, from its sources.
    static func names() throws -> [String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Web")
        var names: Set<String> = []
        let files = FileManager.default.enumerator(atPath: folder.path)
        while let path = files?.nextObject() as? String {
            guard path.hasSuffix(".swift") || path.hasSuffix(".mustache") else { continue }
            let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            for match in text.matches(
                of: /(?:(?:\[|optional\(|all\(|contains\(|isChecked\()"([a-z][a-z-]*)"| name="([a-z-]+)")/)
            {
                names.insert(String(match.output.1 ?? match.output.2 ?? ""))
            }
        }
        return names.subtracting(["csrf"]).sorted()
    }

    static let values = [
        "/x\r\nX-Zq: zq\r\n\r\n<b>", "x\nSet-Cookie: mailcard_session=planted-zq", "//evil.example/", "/\\evil.example",
        "https://evil.example/", "javascript:alert(1)", "\u{2028}/\u{0}", "é/\u{1F600}",
    ]

    @Test func `no parameter adds a header or leads to another site`() async throws {
        let names = try Self.names()
        for name in ["back", "next", "from", "notice", "file", "token", "q"] {
            try #require(names.contains(name))
        }
        let companies = try await TwoCompanies()
        let bench = companies.bench
        let ledger = HeaderLedger(watching: bench)
        let visit: @Sendable (TestBrowser, (Route) -> Bool) async throws -> Void = { browser, isWanted in
            let passedOver = ["/events", "/sign-out", "/setup/sample"]
            for route in Route.all(bench) where isWanted(route) && !passedOver.contains(route.pattern) {
                let path = try companies.path(route)
                for value in Self.values {
                    let all = names.map { $0 + "=" + PathText.escaped(value) }.joined(separator: "&")
                    let headers: HTTPFields = [HTTPField.Name("Referer")!: "https://evil.example/"]
                    let answer =
                        route.method == .get
                        ? try await browser.send(.get, path + "?" + all, headers: headers)
                        : try await browser.send(
                            .post, path + "?" + all, body: "csrf=\(browser.csrf)&" + all, headers: headers)
                    #expect(answer.status.code < 500, "\(route)")
                }
            }
            // In the path itself, which the way back from signing in repeats.
            for value in Self.values {
                let answer = try await browser.send(.get, "/contacts/" + PathText.escaped(value))
                #expect(answer.status.code < 500)
            }
        }
        try await bench.browse { browser in
            try await browser.get("/sign-in")
            try await visit(browser) { $0.isOpen }
        }
        try await bench.browse(as: "daniel.okafor") { browser in
            try await browser.get("/settings/profile")
            try await visit(browser) { _ in true }
        }
        // Who has a mailbox is sent on elsewhere than who has none.
        try await bench.browse(as: "tom.ashworth") { browser in
            try await browser.get("/settings/profile")
            try await visit(browser) { $0.pattern.contains("mailbox") }
        }
        #expect(ledger.problems == [])
        #expect(ledger.redirections > 100)
    }

    @Test func `what is sent to be saved does not come back as a header`() async throws {
        let companies = try await TwoCompanies()
        let bench = companies.bench
        let ledger = HeaderLedger(watching: bench)
        let breaks = PoisonLedger(watching: nil)
        let pages = try Route.all(bench).filter { $0.method == .get && $0.pattern != "/events" }
            .map { try companies.path($0) }
        try await bench.browse(as: "daniel.okafor") { browser in
            var poisoner = FormPoisoner(browser, breaks) { "zq\r\nX-Zq: zq\r\n\r\n\($0)" }
            for path in pages { try await poisoner.fillIn(path) }
            for format in ["csv", "vcard"] {
                try await browser.get("/contacts/export")
                let file = try await browser.post("/contacts/export", ["format": format, "q": ""])
                // A line end in a field is none of the file.
                #expect(!file.text.contains("\nX-Zq") || format == "csv")
            }
        }
        #expect(ledger.problems == [])
        #expect(breaks.places.count > 30)
    }
}

/// Reads the headers of every answer that a bench sends.
final class HeaderLedger: Sendable {
    private let state = Mutex<(problems: [String], redirections: Int)>(([], 0))

    init(watching bench: WebBench) { bench.pages.watchAnswers { [self] in read($0) } }

    var problems: [String] { state.withLock { $0.problems } }
    var redirections: Int { state.withLock { $0.redirections } }

    private static let known: Set<String> = [
        "cache-control", "content-disposition", "content-language", "content-length", "content-security-policy",
        "content-type", "cross-origin-opener-policy", "cross-origin-resource-policy", "etag", "location",
        "permissions-policy", "referrer-policy", "refresh", "retry-after", "set-cookie", "x-accel-buffering",
        "x-content-type-options", "x-frame-options", "date", "vary",
    ]

    private func read(_ answer: TestBrowser.Answer) {
        func note(_ problem: String) {
            state.withLock { $0.problems.append("\(answer.path.prefix(120)): \(problem)") }
        }
        for field in answer.headers {
            let (name, value) = (field.name.canonicalName, field.value)
            if !Self.known.contains(name) { note("\(name) is none of ours") }
            if !value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { note("\(name): \(value.debugDescription)") }
            switch name {
            case "location":
                state.withLock { $0.redirections += 1 }
                if value.first != "/" || ["/", "\\"].contains(value.dropFirst().first ?? "-") {
                    note("leads to \(value)")
                }
            case "set-cookie":
                if value.firstMatch(of: /^mailcard_(session|guest)=[A-Za-z0-9_-]*;/) == nil || value.contains("planted")
                {
                    note("sets \(value)")
                }
            case "content-disposition":
                if value.wholeMatch(of: /attachment; filename="[a-z.-]+"/) == nil { note("sends \(value)") }
            default: break
            }
        }
        // Where a page leads: to another site only if it says so of itself.
        for link in answer.links where link.hasPrefix("//") || link.hasPrefix("/\\") || link.hasPrefix("javascript:") {
            note("links to \(link)")
        }
    }
}
