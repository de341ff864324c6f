import CRM
import Database
import DatabaseSQLite
import Foundation
import Store
import Testing

@testable import Web

@Suite struct LargeImportTests {
    /// The program itself is given 50,000 (EndToEnd/KilledImportTests).
    private static let count = 10_000
    private static let good = count - count * 3 / 100

    @Test func `a large file with 3 % bad lines comes in while others write`() async throws {
        let bench = try await WebBench()
        for name in ["tom.ashworth", "priya.raman", "daniel.okafor"] { _ = try await bench.addMailbox(of: name) }
        var text = "First name,Last name,Email,Company,Phone\n"
        for number in 0..<Self.count {
            let address = number % 100 < 3 ? "broken" : "person\(number)@firm\(number % 5_000).example"
            text += "First\(number),Last\(number),\(address),Firm \(number % 5_000),+33 1 \(number)\n"
        }
        let content = Array(text.utf8)
        let before = try await bench.read { try ContactList.count($0, $1) }
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let page = try await browser.upload(content, as: "large.csv")
            try await browser.post(
                page.path,
                [
                    "column": "first-name", "column": "last-name", "column": "email", "column": "account",
                    "column": "phone", "header": "1",
                ])
            let clock = ContinuousClock()
            let began = clock.now
            try await bench.withImports {
                let longest = try await withThrowingTaskGroup(of: Duration.self) { group in
                    group.addTask { try await Self.longestWait(bench) }
                    let result = try await bench.result(page.path, browser)
                    let took = clock.now - began
                    group.cancelAll()
                    #expect(result.words.contains("Contacts added 9,700"), "\(result.words)")
                    #expect(result.words.contains("Lines not imported 300"))
                    print("imported \(Self.count) lines in \(took)")
                    return try await group.next() ?? .zero
                }
                print("the longest that somebody else waited to write was \(longest)")
            }
        }
        #expect(try await bench.contacts() == before + Self.good)
        #expect(try await bench.waiting() == 3 * Self.good)
    }

    /// Writes over and over until cancelled.
    private static func longestWait(_ bench: WebBench) async throws -> Duration {
        var longest = Duration.zero
        let clock = ContinuousClock()
        while !Task.isCancelled {
            do {
                let took = try await clock.measure {
                    try await bench.database.write { _ = try $0.execute("UPDATE users SET title = title WHERE id = 1") }
                }
                longest = max(longest, took)
                try await Task.sleep(for: .milliseconds(5))
            } catch is CancellationError {
                break
            }
        }
        return longest
    }
}

extension WebBench {
    fileprivate func contacts() async throws -> Int { try await read { try ContactList.count($0, $1) } }

    /// Addresses still to be asked for, in all mailboxes.
    fileprivate func waiting() async throws -> Int {
        try await database.read { Int(try $0.integer("SELECT count(*) FROM backfills")) }
    }
}
