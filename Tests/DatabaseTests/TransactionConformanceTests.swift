import Database
import Dispatch
import Testing

/// What every driver guarantees about transactions and reports of failures.
@Suite struct TransactionConformanceTests {
    struct ChangedMyMind: Error {}

    @Test(arguments: Driver.allCases)
    func `an error that leaves the closure rolls everything back and arrives as thrown`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await createThings(database)
            await #expect(throws: ChangedMyMind.self) {
                try await database.write { tx in
                    try tx.execute("INSERT INTO things VALUES (1, 'a')")
                    throw ChangedMyMind()
                }
            }
            #expect(try await count(database) == 0)
        }
    }

    @Test(arguments: Driver.allCases)
    func `an error that is caught inside leaves the transaction usable`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await createThings(database)
            try await database.write { tx in
                try tx.execute("INSERT INTO things VALUES (1, 'a')")
                #expect(throws: DatabaseError.self) { try tx.execute("INSERT INTO things VALUES (1, 'b')") }
                try tx.execute("INSERT INTO things VALUES (2, 'b')")
            }
            #expect(try await count(database) == 2)
        }
    }

    @Test(arguments: Driver.allCases)
    func `what is not committed is seen by the writer only`(_ driver: Driver) async throws {
        guard driver.readsDuringWrites else { return }
        try await driver.withDatabase { database in
            try await createThings(database)
            let (isWritten, written) = AsyncStream.makeStream(of: Void.self)
            let isRead = DispatchSemaphore(value: 0)
            // The writer holds its transaction open, on the driver's own thread, until the reader has looked.
            async let writing: Void = database.write { tx in
                try tx.execute("INSERT INTO things VALUES (1, 'a')")
                written.yield()
                isRead.wait()
            }
            for await _ in isWritten { break }
            let seen = try? await count(database)
            isRead.signal()
            try await writing
            #expect(seen == 0)
            #expect(try await count(database) == 1)
        }
    }

    @Test(arguments: Driver.allCases)
    func `writers run one after another and each sees all before it`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await createThings(database)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await database.write { tx in
                            let next = try tx.integer("SELECT coalesce(max(id), 0) + 1 FROM things")
                            try tx.execute("INSERT INTO things VALUES ($1, $2)", [.integer(next), .text("n\(next)")])
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await count(database) == 50)
        }
    }

    @Test(arguments: Driver.allCases)
    func `a reader cannot write`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await createThings(database)
            await #expect(throws: DatabaseError.readOnly) {
                try await database.read { tx in _ = try tx.execute("INSERT INTO things VALUES (1, 'a')") }
            }
            #expect(try await count(database) == 0)
        }
    }

    @Test(arguments: Driver.allCases)
    func `a task cancelled before it writes writes nothing`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await createThings(database)
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await database.write { tx in _ = try tx.execute("INSERT INTO things VALUES (1, 'a')") }
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await count(database) == 0)
        }
    }

    @Test(arguments: Driver.allCases)
    func `a taken key is reported with its table and columns`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await database.write { tx in
                try tx.executeScript(
                    "CREATE TABLE seats (room INTEGER, number INTEGER, name TEXT UNIQUE, PRIMARY KEY (room, number))")
                try tx.execute("INSERT INTO seats VALUES (1, 1, 'a')")
                #expect(throws: DatabaseError.uniqueViolation(table: "seats", columns: ["room", "number"])) {
                    try tx.execute("INSERT INTO seats VALUES (1, 1, 'b')")
                }
                #expect(throws: DatabaseError.uniqueViolation(table: "seats", columns: ["name"])) {
                    try tx.execute("INSERT INTO seats VALUES (1, 2, 'a')")
                }
            }
        }
    }

    @Test(arguments: Driver.allCases)
    func `references, missing values and checks are refused by kind`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await createThings(database)
            try await database.write { tx in
                try tx.executeScript(
                    "CREATE TABLE parts (thing INTEGER NOT NULL REFERENCES things (id), size INTEGER CHECK (size > 0))")
                try tx.execute("INSERT INTO things VALUES (1, 'a')")
                try tx.execute("INSERT INTO parts VALUES (1, 5)")
                #expect(throws: DatabaseError.foreignKeyViolation) { try tx.execute("INSERT INTO parts VALUES (2, 5)") }
                #expect(throws: DatabaseError.foreignKeyViolation) { try tx.execute("DELETE FROM things") }
                for sql in ["INSERT INTO parts VALUES (NULL, 5)", "INSERT INTO parts VALUES (1, 0)"] {
                    let error = #expect(throws: DatabaseError.self) { try tx.execute(sql) }
                    guard case .constraintViolation = error else {
                        Issue.record("\(String(describing: error))")
                        continue
                    }
                }
            }
        }
    }

    @Test(arguments: Driver.allCases)
    func `a statement that does not compile is our mistake, and its sentence shows nothing of it`(_ driver: Driver)
        async throws
    {
        try await driver.withDatabase { database in
            let error = await #expect(throws: DatabaseError.self) {
                try await database.read { tx in _ = try tx.rows("SELECT nonsense FROM nowhere") }
            }
            guard case .misuse = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(error?.sentence.english.contains("nowhere") == false)
            #expect(error?.retry == .never)
        }
    }

    @Test(arguments: Driver.allCases)
    func `a closed database refuses transactions`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try database.close()
            await #expect(throws: DatabaseError.closed) { try await database.read { try $0.integer("SELECT 1") } }
            await #expect(throws: DatabaseError.closed) { try await database.write { try $0.integer("SELECT 1") } }
        }
    }

    @Test(arguments: Driver.allCases)
    func `a transaction under way is finished although the database is closed`(_ driver: Driver) async throws {
        try await driver.withDatabase { database in
            try await createThings(database)
            let written = try await database.write { tx in
                try database.close()
                return try tx.execute("INSERT INTO things VALUES (1, 'a')")
            }
            #expect(written == 1)
        }
    }

    private func createThings(_ database: any Database) async throws {
        try await database.write {
            try $0.executeScript("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE)")
        }
    }

    private func count(_ database: any Database) async throws -> Int64 {
        try await database.read { try $0.integer("SELECT count(*) FROM things") }
    }
}
