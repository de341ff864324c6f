import CRM
import Database

/// A page of a list being asked for: which rows, and where they stand in the order. The lines of the list are read by their
/// ids afterwards, so that sorting handles nothing but keys.
struct ListQuery {
    /// A part of the list that is in the order of these columns, all in one direction.
    struct Part {
        let columns: [String]
        /// What is read, in the order in which it is read, from the table that the order begins with.
        let tables: String
        /// What is read instead where the rows are known by their ids, in a table `k`.
        let tablesByID: String
        var condition: String?
        /// A column to begin reading at, besides the comparison of all of them.
        var first: String?
    }

    let organization: OrganizationID
    let isDescending: Bool
    private(set) var conditions: [String] = []
    private(set) var binds: [Value]
    /// Selects the ids of all rows that come into question, where those are few.
    private var ids: String?

    /// A word or a filter leaves few rows if it leaves no more than this; then all of them are looked at and sorted. Else the list
    /// is walked in its order, and enough rows are found soon.
    static let few = 3_000

    init(_ organization: OrganizationID, isDescending: Bool) {
        self.organization = organization
        self.isDescending = isDescending
        binds = [.id(organization)]
    }

    /// - Returns: the bind to stand in the condition.
    mutating func bind(_ value: Value) -> String {
        binds.append(value)
        return "$\(binds.count)"
    }

    mutating func require(_ condition: String) { conditions.append(condition) }

    mutating func condition(_ owner: OwnerFilter, of table: String) -> String {
        switch owner {
        case .user(let user): "\(table).owner_id = \(bind(.id(user)))"
        case .nobody: "\(table).owner_id IS NULL"
        }
    }

    /// Selects ids; each of the statements uses all binds that were made for it.
    typealias Selection = (inout ListQuery) -> [String]

    /// Begins with the fewest of these selections, where one is of few rows. Each has all rows that the conditions let through.
    mutating func beginWithFew(_ tx: any Transaction, _ selections: [Selection]) throws {
        var fewest = Self.few + 1
        var chosen: Selection?
        for selection in selections {
            var counting = ListQuery(organization, isDescending: isDescending)
            let all = selection(&counting).joined(separator: " UNION ALL ")
            let limit = counting.bind(.integer(fewest))
            let count = Int(
                try tx.integer("SELECT count(*) FROM (\(all) LIMIT \(limit)) counted", counting.binds))
            if count < fewest { (fewest, chosen) = (count, selection) }
        }
        ids = chosen?(&self).joined(separator: " UNION ")
    }

    /// The words of what someone searches for, as ranges of words that begin with them.
    static func selection(ofWord word: String, _ statements: @escaping (String) -> [String]) -> Selection {
        { query in
            // U+10FFFF sorts behind all that people type.
            let (from, until) = (query.bind(.text(word)), query.bind(.text(word + "\u{10FFFF}")))
            return statements("w.organization_id = $1 AND w.word >= \(from) AND w.word < \(until)")
        }
    }

    /// The ids of a page.
    func page(_ tx: any Transaction, _ parts: [Part], after key: ListKey?, limit: Int) throws -> ListPage<Int64> {
        // One more tells whether there is another page.
        let found = try rows(tx, parts, after: key, limit: limit + 1)
        return ListPage(
            elements: found.prefix(limit).map(\.id), next: found.count > limit ? found[limit - 1].key : nil)
    }

    private func rows(
        _ tx: any Transaction, _ parts: [Part], after key: ListKey?, limit: Int
    ) throws -> [(id: Int64, key: ListKey)] {
        var found: [(id: Int64, key: ListKey)] = []
        // Parts differ in the number of columns, and keys in that of values.
        let start = key.flatMap { key in parts.firstIndex { $0.columns.count == key.parts.count } }
        for (index, part) in parts.enumerated().dropFirst(start ?? 0) where found.count < limit {
            found += try rows(tx, part, after: index == start ? key : nil, limit: limit - found.count)
        }
        return found
    }

    private func rows(
        _ tx: any Transaction, _ part: Part, after key: ListKey?, limit: Int
    ) throws -> [(id: Int64, key: ListKey)] {
        var query = self
        if let condition = part.condition { query.require(condition) }
        if let key {
            let (sign, names) = (isDescending ? "<" : ">", part.columns.joined(separator: ", "))
            let values = key.parts.map { query.bind($0.value) }
            if let first = part.first { query.require("\(first) \(sign)= \(values[0])") }
            query.require("(\(names)) \(sign) (\(values.joined(separator: ", ")))")
        }
        let tables = ids.map { "(\($0)) k \(tx.dialect.joinInOrder) \(part.tablesByID)" } ?? part.tables
        let order = part.columns.map { isDescending ? "\($0) DESC" : $0 }.joined(separator: ", ")
        let bound = query.bind(.integer(limit))
        return try tx.rows(
            """
            SELECT \(part.columns.joined(separator: ", ")) FROM \(tables)
            WHERE \(query.conditions.joined(separator: " AND ")) ORDER BY \(order) LIMIT \(bound)
            """, query.binds
        ) { row in
            let parts = try part.columns.indices.map { index -> ListKey.Part in
                if case .text(let text) = row.values[index] { return .text(text) }
                return .integer(try row.integer(index))
            }
            return (try row.integer(parts.count - 1), ListKey(parts: parts))
        }
    }
}
