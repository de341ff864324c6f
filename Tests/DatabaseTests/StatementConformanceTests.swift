import Database
import Testing

/// What every driver does with statements, binds and rows.
@Suite struct StatementConformanceTests {
    @Test(arguments: Driver.allCases)
    func `every kind of value comes back as it was bound`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let values: [Value] = [
                .null, .integer(0), .integer(Int64.max), .integer(Int64.min), .real(-0.5), .text(""),
                .text("naïve 日本 👩‍👩‍👧"),
                .blob([]), .blob([0, 1, 255]),
            ]
            try await database.write { tx in
                try tx.executeScript("CREATE TABLE things (position INTEGER PRIMARY KEY, thing BLOB)")
                for (position, value) in values.enumerated() {
                    try tx.execute("INSERT INTO things (position, thing) VALUES ($1, $2)", [.integer(position), value])
                }
            }
            let read = try await database.read { tx in
                try tx.rows("SELECT thing FROM things ORDER BY position") { try $0.value(0) }
            }
            #expect(read == values)
        }
    }

    @Test(arguments: Driver.allCases)
    func `a NUL inside a text is stored as a replacement character`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let row = try await database.read { tx in
                try tx.rows("SELECT $1 AS a, $2 AS b", [.text("\u{0}a\u{0}b"), .text("\u{0}")])[0]
            }
            #expect(try row.text("a") == "\u{FFFD}a\u{FFFD}b")
            #expect(try row.text("b") == "\u{FFFD}")
        }
    }

    @Test(arguments: Driver.allCases)
    func `binds are taken by their number, whatever their order and however often`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let row = try await database.read { tx in
                try tx.first(
                    "SELECT $3 AS c, $1 AS a, $3 AS again, $2 AS b, $12 AS l",
                    ["one", "two", "three", "", "", "", "", "", "", "", "", "twelve"].map { Value.text($0) })
            }
            #expect(try row?.text("a") == "one")
            #expect(try row?.text("b") == "two")
            #expect(try row?.text("c") == "three")
            #expect(try row?.text("again") == "three")
            #expect(try row?.text("l") == "twelve")
        }
    }

    @Test(arguments: Driver.allCases, [0, 1, 3])
    func `a wrong number of binds is refused`(_ driver: Driver, _ count: Int) async throws {
        try await driver.withDatabase { database in
            await #expect(throws: DatabaseError.self) {
                try await database.read { tx in
                    _ = try tx.rows("SELECT $1, $2", (0..<count).map { .integer($0) })
                }
            }
        }
    }

    @Test(arguments: Driver.allCases)
    func `a statement says how many rows it changed`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let counts = try await database.write { tx in
                try tx.executeScript("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)")
                return [
                    try tx.execute("INSERT INTO things VALUES (1, 'a'), (2, 'b'), (3, 'c')"),
                    try tx.execute("UPDATE things SET name = $1 WHERE id > $2", ["x", 1]),
                    try tx.execute("INSERT INTO things VALUES (1, 'again') ON CONFLICT DO NOTHING"),
                    try tx.execute("DELETE FROM things WHERE id = $1", [9]),
                    try tx.execute("DELETE FROM things"),
                ]
            }
            #expect(counts == [3, 2, 0, 0, 3])
        }
    }

    @Test(arguments: Driver.allCases)
    func `an insert returns the id of its row`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let ids = try await database.write { tx in
                try tx.executeScript("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE)")
                let sql = """
                    INSERT INTO things (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id
                    """
                return try ["a", "b", "a"].map { try tx.insertReturningID(sql, [.text($0)]) }
            }
            #expect(ids == [1, 2, 1])
        }
    }

    @Test(arguments: Driver.allCases)
    func `the same query can be asked from within its own rows`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let pairs = try await database.write { tx in
                try tx.executeScript("CREATE TABLE things (id INTEGER PRIMARY KEY)")
                try tx.execute("INSERT INTO things VALUES (1), (2), (3)")
                var pairs: [[Int64]] = []
                try tx.query("SELECT id FROM things ORDER BY id", []) { outer in
                    try tx.query("SELECT id FROM things ORDER BY id", []) { inner in
                        pairs.append([try outer.integer(0), try inner.integer(0)])
                    }
                }
                return pairs
            }
            #expect(pairs == [[1, 1], [1, 2], [1, 3], [2, 1], [2, 2], [2, 3], [3, 1], [3, 2], [3, 3]])
        }
    }

    @Test(arguments: Driver.allCases)
    func `an error among the rows ends the query and nothing else`(_ driver: Driver) async throws {
        struct Enough: Error {}
        try await driver.withDatabase { database in
            let total = try await database.write { tx in
                try tx.executeScript("CREATE TABLE things (id INTEGER PRIMARY KEY)")
                try tx.execute("INSERT INTO things VALUES (1), (2), (3)")
                var seen = 0
                #expect(throws: Enough.self) {
                    try tx.query("SELECT id FROM things", []) { _ in
                        seen += 1
                        if seen == 2 { throw Enough() }
                    }
                }
                #expect(seen == 2)
                try tx.execute("DELETE FROM things WHERE id = 1")
                return try tx.integer("SELECT count(*) FROM things")
            }
            #expect(total == 2)
        }
    }

    @Test(arguments: Driver.allCases)
    func `lists stand in one bind`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let texts = ["plain", "quo\"te", "back\\slash", "line\nbreak\u{1}", "日本", ""]
            let (numbers, found, none) = try await database.write { tx in
                try tx.executeScript("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)")
                for (id, name) in texts.enumerated() {
                    try tx.execute("INSERT INTO things VALUES ($1, $2)", [.integer(id), .text(name)])
                }
                let byID = "SELECT id FROM things WHERE id \(tx.dialect.inIntegers("$1")) ORDER BY id"
                let byName = "SELECT name FROM things WHERE name \(tx.dialect.inTexts("$1")) ORDER BY id"
                return (
                    try tx.rows(byID, [.list([5, 0, 99, -1])]) { try $0.integer(0) },
                    try tx.rows(byName, [.list(texts + ["other"])]) { try $0.text(0) },
                    try tx.rows(byID, [.list([Int64]())]).count
                )
            }
            #expect(numbers == [0, 5])
            #expect(found == texts)
            #expect(none == 0)
        }
    }

    @Test(arguments: Driver.allCases)
    func `a search takes the signs of LIKE as they stand`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let found = try await database.write { tx in
                try tx.executeScript("CREATE TABLE things (name TEXT)")
                for name in ["100% wool", "100 wool", "a_b", "axb", "c\\d"] {
                    try tx.execute("INSERT INTO things VALUES ($1)", [.text(name)])
                }
                return try ["0%", "a_", "\\", "wool"].map { part in
                    try tx.rows(
                        "SELECT name FROM things WHERE name \(tx.dialect.like("$1")) ORDER BY name",
                        [.text(Dialect.containing(part))]
                    ) { try $0.text(0) }
                }
            }
            #expect(found == [["100% wool"], ["a_b"], ["c\\d"], ["100 wool", "100% wool"]])
        }
    }

    @Test(arguments: Driver.allCases)
    func `a column read as another type is a mistake, not a default`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let row = try await database.read { tx in try tx.rows("SELECT $1 AS word, $2 AS empty", ["a", nil])[0] }
            #expect(throws: DatabaseError.self) { try row.integer("word") }
            #expect(throws: DatabaseError.self) { try row.blob(0) }
            #expect(throws: DatabaseError.self) { try row.text("empty") }
            #expect(throws: DatabaseError.self) { try row.text("missing") }
            #expect(throws: DatabaseError.self) { try row.text(2) }
            #expect(try row.optionalText("empty") == nil)
        }
    }

    @Test(arguments: Driver.allCases)
    func `statements follow a change of the schema`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            let query = "SELECT * FROM things"
            try await database.write { tx in
                try tx.executeScript("CREATE TABLE things (a INTEGER); INSERT INTO things VALUES (1)")
                #expect(try tx.rows(query)[0].columns == ["a"])
                try tx.executeScript("ALTER TABLE things ADD COLUMN b TEXT DEFAULT 'new'")
                let row = try tx.rows(query)[0]
                #expect(row.columns == ["a", "b"])
                #expect(try row.text("b") == "new")
            }
        }
    }
}
