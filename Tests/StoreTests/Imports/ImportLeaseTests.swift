import CRM
import Database
import Store
import Testing

/// Several programs may serve one database, and each of them may end while it carries out an import.
@Suite struct ImportLeaseTests {
    private let choices = ImportChoices(columns: [], hasHeader: true, existing: .skip, owner: nil)

    private func begin(_ bench: Bench, _ known: ContactImportID? = nil, at now: Int64) async throws -> ContactImport {
        let begun = try await bench.write { [ann = bench.ann, choices] tx, organization in
            let id =
                try known
                ?? ContactImports.create(
                    tx, organization, by: ann, fileName: "a.csv", kind: "csv", size: 1, now: now)
            #expect(try ContactImports.enqueue(tx, organization, of: ann, id, choices))
            return try ContactImports.begin(tx, now: now)
        }
        return try #require(begun).1
    }

    private func stage(_ bench: Bench, _ begun: ContactImport, _ name: String, at now: Int64) async throws -> Bool {
        try await bench.write { [choices] tx, organization in
            let line = ImportLine(
                line: 2, cells: [name], contact: try Bench.contactForm(["\(name)@client.example"]).validated(),
                account: nil)
            return try ImportStaging.stage(
                tx, organization, begun.id, attempt: begun.attempt, [line], [], choices, progress: 1, now: now)
        }
    }

    private func interrupted(_ bench: Bench, at now: Int64) async throws -> [ContactImportID] {
        try await bench.write { tx, _ in try ContactImports.interrupt(tx, now: now) }
    }

    @Test func `what one program carries out is not interrupted by the start of another`() async throws {
        let bench = try await Bench()
        let begun = try await begin(bench, at: 1_000)
        #expect(try await interrupted(bench, at: 1_001) == [])
        // Each batch prolongs its time.
        #expect(try await stage(bench, begun, "carol", at: 1_100))
        #expect(try await interrupted(bench, at: 1_000 + ContactImports.lease) == [])
        #expect(try await interrupted(bench, at: 1_100 + ContactImports.lease) == [begun.id])
    }

    @Test func `one that was taken for interrupted stages and imports nothing beside the next attempt`() async throws {
        let bench = try await Bench()
        let first = try await begin(bench, at: 1_000)
        #expect(try await stage(bench, first, "carol", at: 1_000))
        #expect(try await interrupted(bench, at: 2_000) == [first.id])
        while try await bench.write({ try ImportStaging.clear($0, $1, first.id) }) {}
        let second = try await begin(bench, first.id, at: 2_000)
        #expect(second.attempt == 2)
        #expect(try await stage(bench, first, "late", at: 2_001) == false)
        let isFinished = try await bench.write { [ann = bench.ann] in
            try ImportSwitch.finish($0, $1, first.id, attempt: first.attempt, by: ann, now: 2_001)
        }
        #expect(!isFinished)
        #expect(try await stage(bench, second, "dave", at: 2_002))
        _ = try await bench.write { [ann = bench.ann] in
            try ImportSwitch.finish($0, $1, second.id, attempt: second.attempt, by: ann, now: 2_003)
        }
        let names = try await bench.read { try ContactList.page($0, $1, limit: 9).elements.map(\.name) }
        #expect(names == ["dave@client.example"])
    }
}
