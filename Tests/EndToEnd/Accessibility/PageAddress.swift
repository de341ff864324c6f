import Foundation
import Testing

/// An address of the product that shows a page, as its table of routes has it.
struct PageAddress: Hashable, Sendable {
    let pattern: String
    let isForAdministrators: Bool
    /// Whether one sees it without having signed in.
    let isOpen: Bool

    /// All of them, read from `Sources/Web/Routes.swift`, so that no page is added without being looked at.
    static func all() throws -> [PageAddress] {
        let package = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let table = try String(contentsOf: package.appending(path: "Sources/Web/Routes.swift"), encoding: .utf8)
        let lines = table.matches(of: /(anyone|member|seat|administrator)\(router, \.get, "([^"]*)"/)
        try #require(lines.count > 50, "The table of routes is not written as it was: mend the reading of it here.")
        return lines.flatMap { line -> [PageAddress] in
            let (who, path) = (line.output.1, String(line.output.2))
            let paths =
                who == "seat" ? ["/settings/mailbox", "/settings/seats/:seat/mailbox"].map { $0 + path } : [path]
            return paths.filter { !showsNoPage.contains($0) }.map {
                PageAddress(pattern: $0, isForAdministrators: who == "administrator", isOpen: who == "anyone")
            }
        }
    }

    /// What leads elsewhere, and what is a file or a stream.
    private static let showsNoPage: Set<String> = [
        "/", "/settings", "/assets/:version/:name", "/health", "/events", "/contacts/import/:import/problems",
    ]

    /// The address with the numbers of what it names.
    func path(_ numbers: [String: String]) throws -> String {
        try pattern.split(separator: "/").map { part in
            guard part.hasPrefix(":") else { return "/" + part }
            return "/" + (try #require(numbers[String(part.dropFirst())], "\(pattern): give the test a \(part)"))
        }.joined()
    }
}
