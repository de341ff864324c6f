import CRM
import Database

/// Queries on the lines of an import that were refused.
public enum ImportProblems {
    static func add(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, _ problem: ImportProblem
    ) throws {
        try tx.execute(
            """
            INSERT INTO import_problems (organization_id, import_id, line, reason, cells) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (organization_id, import_id, line) DO NOTHING
            """,
            [.id(organization), .id(id), .integer(problem.line), .phrase(problem.reason), .list(problem.cells)])
    }

    /// In the order of the file, behind a line.
    public static func list(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, after line: Int = 0, limit: Int
    ) throws -> [ImportProblem] {
        try tx.rows(
            """
            SELECT line, reason, cells FROM import_problems
            WHERE organization_id = $1 AND import_id = $2 AND line > $3 ORDER BY line LIMIT $4
            """, [.id(organization), .id(id), .integer(line), .integer(limit)]
        ) { row in
            ImportProblem(
                line: Int(try row.integer(0)), reason: try row.phrase(1),
                cells: try JSONText.decode([String].self, try row.text(2)))
        }
    }
}

extension ContactImports {
    static func forgetProblems(_ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID) throws {
        try tx.execute(
            "DELETE FROM import_problems WHERE organization_id = $1 AND import_id = $2", [.id(organization), .id(id)])
    }

    /// Forgets the file of an import that nobody can begin anew.
    public static func forgetFile(_ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID) throws {
        try tx.execute(
            "DELETE FROM import_pieces WHERE organization_id = $1 AND import_id = $2", [.id(organization), .id(id)])
    }

    /// Removes imports older than ``retention`` that are not under way, with all that belongs to them. Of all
    /// organisations.
    public static func prune(_ tx: any Transaction, now: Int64) throws {
        let old: [(OrganizationID, ContactImportID)] = try tx.rows(
            """
            SELECT organization_id, id FROM imports
            WHERE created_at < $1 AND state NOT IN ('queued', 'staging') LIMIT 100
            """, [.integer(now - retention)]
        ) { (try $0.id(0), try $0.id(1)) }
        for (organization, id) in old {
            try forgetProblems(tx, organization, id)
            try forgetFile(tx, organization, id)
            try tx.execute("DELETE FROM imports WHERE organization_id = $1 AND id = $2", [.id(organization), .id(id)])
        }
    }

    /// The imports whose staging is of no use any more: they ended, in whatever way. Of all organisations.
    public static func leftovers(_ tx: any Transaction) throws -> [(OrganizationID, ContactImportID)] {
        try tx.rows(
            """
            SELECT i.organization_id, i.id FROM imports i WHERE i.state NOT IN ('uploaded', 'staging') AND EXISTS
                (SELECT 1 FROM import_contacts c WHERE c.organization_id = i.organization_id AND c.import_id = i.id)
            OR i.state NOT IN ('uploaded', 'staging') AND EXISTS
                (SELECT 1 FROM import_addresses a WHERE a.organization_id = i.organization_id AND a.import_id = i.id)
            OR i.state NOT IN ('uploaded', 'staging') AND EXISTS
                (SELECT 1 FROM import_accounts a WHERE a.organization_id = i.organization_id AND a.import_id = i.id)
            """
        ) { (try $0.id(0), try $0.id(1)) }
    }
}
