import CRM
import Database
import Store
import Testing

@Suite struct AuditTrailTests {
    @Test func `entries come newest first, page by page, each once`() async throws {
        let bench = try await Bench()
        try await bench.write { [ann = bench.ann] tx, organization in
            for number in 0..<10 {
                try AuditTrail.record(
                    tx, organization, by: number.isMultiple(of: 3) ? nil : ann, .colleagueMailOpened,
                    ["message": "\(number)"], now: Int64(number / 4))
            }
        }
        let pages = try await bench.read { tx, organization in
            var entries: [AuditTrail.Entry] = []
            while true {
                let page = try AuditTrail.list(tx, organization, before: entries.last?.key, limit: 3)
                entries += page
                if page.count < 3 { return entries }
            }
        }
        #expect(pages.map { $0.subject["message"] } == (0..<10).reversed().map(String.init))
        #expect(pages.map(\.at) == [2, 2, 1, 1, 1, 1, 0, 0, 0, 0])
        #expect(pages[0].user == nil && pages[1].user == bench.ann && pages[0].action == .colleagueMailOpened)
    }

    @Test func `every action reads as it was written, and one of a newer version is not lost`() async throws {
        let bench = try await Bench()
        let entries = try await bench.write { tx, organization in
            for action in AuditTrail.Action.allCases {
                try AuditTrail.record(tx, organization, by: nil, action, now: 1)
            }
            try tx.execute(
                "INSERT INTO audit_entries (organization_id, at, action) VALUES ($1, 2, 'moon.landed')",
                [.integer(organization.rawValue)])
            return try AuditTrail.list(tx, organization, limit: 100)
        }
        #expect(entries.map(\.action) == [nil] + AuditTrail.Action.allCases.reversed())
    }

    @Test func `it outlives whom it speaks of, and stays within the organisation`() async throws {
        let bench = try await Bench()
        let contact = try await bench.contact("carol@client.example")
        try await bench.write { tx, organization in
            try AuditTrail.record(tx, organization, by: nil, .contactDeleted, ["contact": "\(contact)"], now: 1)
            try Contacts.delete(tx, organization, contact, now: 1)
            #expect(try AuditTrail.list(tx, organization, limit: 9).map(\.subject) == [["contact": "\(contact)"]])
            let other = try Organizations.create(tx, name: "Other", ownDomains: [], now: 1)
            #expect(try AuditTrail.list(tx, other, limit: 9) == [])
        }
    }
}
