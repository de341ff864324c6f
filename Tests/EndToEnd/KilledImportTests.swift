import Foundation
import Generators
import TestServers
import Testing

/// The program itself is killed while it imports a large file.
@Suite(.serialized) struct KilledImportTests {
    private static let lines = 50_000
    private static let bad = lines / 100 * 3

    @Test func `an import that is killed at any moment leaves all of it or nothing, and can be repeated`() async throws
    {
        let server = try Server()
        let visitor = try CommandLineBrowser(server.folder)
        visitor.base = try await server.start()
        try visitor.get("/setup")
        try visitor.post(
            "/setup",
            ["organization=Aldermoor", "name=Eleanor", "email=e@aldermoor.example", "password=a long enough password"])
        try visitor.get("/contacts/import")
        let path = try visitor.upload(Self.file, to: "/contacts/import")
        try #require(path.hasPrefix("/contacts/import/"), "\(path)")

        let seed = UInt64.random(in: 1...999_999)
        print("seed \(seed)")
        var random = SeededRandom(seed: seed)
        var isDone = false
        // The last time while the contacts move to where they are seen, or just before or after.
        for isLast in [false, false, true] where !isDone {
            try choose(visitor, path)
            let moment = isLast ? 950 : Int.random(in: 0..<500, using: &random)
            let pause = Int.random(in: 0..<(isLast ? 2_500 : 300), using: &random)
            try await wait { try progress(visitor, path).map { $0 >= moment } ?? true }
            try await Task.sleep(for: .milliseconds(pause))
            server.stop()
            print("killed \(pause) ms after \(moment) thousandths of the file")
            visitor.base = try await server.start()
            // Without waiting for the time after which another program would be taken for dead.
            try await wait(seconds: 10) { try isSettled(visitor, path) }
            let page = try visitor.get(path)
            isDone = page.contains("Contacts added")
            #expect(isDone != page.contains("Interrupted"), "\(page)")
            #expect(try contacts(visitor) == (isDone ? Self.lines - Self.bad : 0))
        }
        if !isDone { try choose(visitor, path) }
        try await wait(seconds: 300) { try isSettled(visitor, path) }
        #expect(try contacts(visitor) == Self.lines - Self.bad)
        let problems = try visitor.get(path + "/problems").split(separator: "\r\n")
        #expect(problems.count == Self.bad + 1)
        #expect(problems.dropFirst().allSatisfy { $0.contains("is not an email address") })
        // Some 90 MB; a file that were held several times over in pieces would take many times that.
        let memory = try server.peakMemory() / 1_024
        print("the most memory that the program had was \(memory) MB")
        #expect(memory > 0 && memory < 400)
        #expect(!server.log.contains(" error mailcard"), "\(server.log)")
        server.stop()
    }

    private static var file: Data {
        var text = "First name,Last name,Email,Company,Phone\n"
        for number in 0..<lines {
            let address = number % 100 < 3 ? "broken" : "person\(number)@firm\(number % 5_000).example"
            text += "First\(number),Last\(number),\(address),Firm \(number % 5_000),+33 1 \(number)\n"
        }
        return Data(text.utf8)
    }

    private func choose(_ visitor: CommandLineBrowser, _ path: String) throws {
        try visitor.get(path + "?again=1")
        try visitor.post(
            path,
            ["first-name", "last-name", "email", "account", "phone"].map { "column=" + $0 } + ["header=1"])
    }

    /// Nil when it is not under way.
    private func progress(_ visitor: CommandLineBrowser, _ path: String) throws -> Int? {
        let page = try visitor.get(path)
        guard let start = page.range(of: "<progress value=\"") else { return page.contains("Waiting") ? 0 : nil }
        return Int(page[start.upperBound...].prefix { $0 != "\"" })
    }

    private func isSettled(_ visitor: CommandLineBrowser, _ path: String) throws -> Bool {
        try progress(visitor, path) == nil
    }

    private func contacts(_ visitor: CommandLineBrowser) throws -> Int {
        try visitor.get("/contacts/export")
        let file = try visitor.post("/contacts/export", ["format=csv"])
        return file.split(separator: "\r\n").count - 1
    }

    private func wait(seconds: Int = 120, for condition: () throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            if try condition() { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("waited in vain for \(seconds) seconds")
    }
}
