import Database
import DatabaseSQLite
import Store
import Testing

/// The size of an organisation must not decide what a query by key costs.
@Suite struct StatisticsTests {
    @Test(arguments: [
        "SELECT subject FROM messages WHERE organization_id = 1 AND id IN (SELECT value FROM json_each('[1]'))",
        "SELECT contact_id, sent_at FROM card_entries WHERE organization_id = 1 AND message_id = 1",
        "SELECT folder_id FROM messages m JOIN locations l ON l.organization_id = m.organization_id AND l.message_id = m.id WHERE m.organization_id = 1 AND m.mailbox_id = 1 AND m.text_state = 0 ORDER BY m.internal_date DESC, m.id DESC LIMIT 9",
    ])
    func `a query by key does not walk all rows of the organisation`(query: String) async throws {
        let database = try SQLiteDatabase.inMemory()
        try await Schema.migrator.run(on: database)
        let plan = try await database.read { tx in try tx.rows("EXPLAIN QUERY PLAN \(query)") { try $0.text(3) } }
        #expect(!plan.isEmpty)
        #expect(!plan.contains { $0.hasSuffix("(organization_id=?)") }, "\(plan)")
    }
}
