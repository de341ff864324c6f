import CRM
import Database
import Wording

/// Queries on imports. An import belongs to the person who uploaded the file; nobody else sees it.
public enum ContactImports {
    /// An upload is kept for so long after it came, in seconds: 7 days, to correct the lines that were refused.
    public static let retention: Int64 = 7 * 86_400
    /// How long the program that carries an import out may give no sign, in seconds. Between two batches pass hundredths
    /// of a second, and the move at the end takes a few.
    public static let lease: Int64 = 120
    /// Of a piece of a file, in bytes.
    public static let pieceSize = 1_024 * 1_024

    public static func create(
        _ tx: any Transaction, _ organization: OrganizationID, by user: UserID, fileName: String, kind: String,
        size: Int, now: Int64
    ) throws -> ContactImportID {
        ContactImportID(
            try tx.insertReturningID(
                """
                INSERT INTO imports (organization_id, user_id, file_name, kind, size, state, created_at)
                VALUES ($1, $2, $3, $4, $5, 'uploaded', $6) RETURNING id
                """,
                [.id(organization), .id(user), .text(fileName), .text(kind), .integer(size), .integer(now)]))
    }

    /// To be called with each piece of the file, each in a transaction of its own.
    public static func add(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, piece: [UInt8], position: Int
    ) throws {
        try tx.execute(
            "INSERT INTO import_pieces (organization_id, import_id, position, content) VALUES ($1, $2, $3, $4)",
            [.id(organization), .id(id), .integer(position), .blob(piece)])
    }

    /// The beginning of the file, or all of it.
    public static func content(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, pieces: Int = .max
    ) throws -> [UInt8] {
        var content: [UInt8] = []
        try tx.query(
            """
            SELECT content FROM import_pieces WHERE organization_id = $1 AND import_id = $2 ORDER BY position LIMIT $3
            """, [.id(organization), .id(id), .integer(pieces)]
        ) { content += try $0.blob(0) }
        return content
    }

    public static func find(
        _ tx: any Transaction, _ organization: OrganizationID, of user: UserID, _ id: ContactImportID
    ) throws -> ContactImport? {
        try tx.first(
            "SELECT \(columns) FROM imports WHERE organization_id = $1 AND user_id = $2 AND id = $3",
            [.id(organization), .id(user), .id(id)], as: row)
    }

    /// The newest first.
    public static func list(
        _ tx: any Transaction, _ organization: OrganizationID, of user: UserID, limit: Int
    ) throws -> [ContactImport] {
        try tx.rows(
            "SELECT \(columns) FROM imports WHERE organization_id = $1 AND user_id = $2 ORDER BY id DESC LIMIT $3",
            [.id(organization), .id(user), .integer(limit)], as: row)
    }

    // MARK: The way of an import

    /// Lets an import wait for its turn. One that was interrupted, cancelled or failed may begin anew.
    ///
    /// - Returns: false when it is under way or done.
    public static func enqueue(
        _ tx: any Transaction, _ organization: OrganizationID, of user: UserID, _ id: ContactImportID,
        _ choices: ImportChoices
    ) throws -> Bool {
        let changed = try tx.execute(
            """
            UPDATE imports SET state = 'queued', choices = $4, progress = 0, added = 0, updated = 0, unchanged = 0,
                skipped = 0, refused = 0, failure = NULL, finished_at = NULL
            WHERE organization_id = $1 AND user_id = $2 AND id = $3
                AND state IN ('uploaded', 'interrupted', 'cancelled', 'failed')
            """, [.id(organization), .id(user), .id(id), .text(try JSONText.encode(choices))])
        if changed == 1 { try forgetProblems(tx, organization, id) }
        return changed == 1
    }

    /// Takes the import that waits longest and begins it, for ``lease`` at first.
    public static func begin(_ tx: any Transaction, now: Int64) throws -> (OrganizationID, ContactImport)? {
        try tx.first(
            """
            UPDATE imports SET state = 'staging', attempt = attempt + 1, lease_until = $1
            WHERE id = (SELECT min(id) FROM imports WHERE state = 'queued')
            RETURNING \(columns), organization_id
            """, [.integer(now + lease)]
        ) { (try $0.id(17), try row($0)) }
    }

    /// - Returns: false when it was not waiting or under way any more.
    public static func cancel(
        _ tx: any Transaction, _ organization: OrganizationID, of user: UserID, _ id: ContactImportID, now: Int64
    ) throws -> Bool {
        try tx.execute(
            """
            UPDATE imports SET state = 'cancelled', finished_at = $4
            WHERE organization_id = $1 AND user_id = $2 AND id = $3 AND state IN ('uploaded', 'queued', 'staging')
            """, [.id(organization), .id(user), .id(id), .integer(now)]) == 1
    }

    public static func fail(
        _ tx: any Transaction, _ organization: OrganizationID, _ id: ContactImportID, _ sentence: Phrase, now: Int64
    ) throws {
        try tx.execute(
            """
            UPDATE imports SET state = 'failed', failure = $3, finished_at = $4
            WHERE organization_id = $1 AND id = $2 AND state = 'staging'
            """, [.id(organization), .id(id), .phrase(sentence), .integer(now)])
    }

    /// To be called now and then: an import whose program gave no sign for the time of its ``lease`` is under way no
    /// more. What another program carries out goes on. Of all organisations.
    ///
    /// - Parameter isAlone: no other program has the database and this one carries nothing out, as at its start: then all
    ///   imports that are under way are left over, and none has to be waited for.
    /// - Returns: the imports that were interrupted.
    @discardableResult
    public static func interrupt(
        _ tx: any Transaction, now: Int64, isAlone: Bool = false
    ) throws -> [ContactImportID] {
        try tx.rows(
            """
            UPDATE imports SET state = 'interrupted', finished_at = $1
            WHERE state = 'staging' AND coalesce(lease_until, 0) <= $2 RETURNING id
            """, [.integer(now), .integer(isAlone ? .max : now)]
        ) { try $0.id(0) }
    }

    // MARK: -

    private static let columns = """
        id, user_id, file_name, kind, size, state, choices, progress, added, updated, unchanged, skipped, refused, \
        failure, created_at, finished_at, attempt
        """

    private static func row(_ row: Row) throws -> ContactImport {
        var counts = ContactImport.Counts()
        counts.added = Int(try row.integer(8))
        counts.updated = Int(try row.integer(9))
        counts.unchanged = Int(try row.integer(10))
        counts.skipped = Int(try row.integer(11))
        counts.refused = Int(try row.integer(12))
        let state = try row.text(5)
        guard let known = ContactImport.State(rawValue: state) else {
            throw DatabaseError.misuse("an import's state is \(state)")
        }
        return ContactImport(
            id: try row.id(0), user: try row.id(1), fileName: try row.text(2), kind: try row.text(3),
            size: Int(try row.integer(4)), state: known,
            choices: try row.optionalText(6).map { try JSONText.decode(ImportChoices.self, $0) },
            progress: Int(try row.integer(7)), counts: counts, failure: try row.optionalPhrase(13),
            createdAt: try row.integer(14), finishedAt: try row.optionalInteger(15), attempt: Int(try row.integer(16)))
    }
}
