import DatabaseSQLite
import Mirror
import Testing

/// Huge messages, many folders, full disks.
@Suite struct LimitTests {
    @Test func `a message of 200 MB costs its text and no more`() async throws {
        var huge = Letter("huge@x", minute: 2, text: "See the attachment")
        huge.announcedSize = 200 << 20
        huge.structure =
            "((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"UTF-8\") NIL NIL \"7BIT\" 18 1 NIL NIL NIL NIL)"
            + "(\"APPLICATION\" \"ZIP\" (\"NAME\" \"film.zip\") NIL NIL \"BASE64\" \(200 << 20) NIL (\"ATTACHMENT\" (\"FILENAME\" \"film.zip\")) NIL NIL)"
            + " \"MIXED\" (\"BOUNDARY\" \"b\") NIL NIL NIL)"
        let server = try await ScriptedIMAP.start([Letter("1@x", minute: 1), huge, Letter("3@x", minute: 3)])
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(["1@x", "huge@x", "3@x"], listed: 3)
            #expect(try await mirror.text("huge@x") == "See the attachment")
            let bodies = server.received.filter { $0.contains("BODY.PEEK[") && !$0.contains("HEADER.FIELDS") }
            #expect(!bodies.isEmpty)
            #expect(
                bodies.allSatisfy { $0.contains("<0.") && !$0.contains("BODY.PEEK[]") && !$0.contains("BODY.PEEK[2]") })
        }
    }

    @Test func `a text larger than what was asked for is cut or passed over, and the others stand on the cards`()
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...5))
        server.deviate { request in
            guard request.name == "UID FETCH",
                request.rest.contains("BODY.PEEK[1]") || request.rest.contains("BODY.PEEK[]")
            else { return nil }
            let set = request.rest.prefix { $0 != " " }
            guard AskedUIDs(set, highest: 9).contains(3) else { return nil }
            // 40 MB where 1 MB was asked for.
            return .rewriting { usual in
                let length = 40 << 20
                let others = usual.replacing("(UID 3 ", with: "(UID 3000 ")
                let section = request.rest.contains("BODY.PEEK[]") ? "" : "1"
                return "* 3 FETCH (UID 3 BODY[\(section)]<0> {\(length)}\r\n" + String(repeating: "x", count: length)
                    + ")\r\n" + others
            }
        }
        try await RunningMirror.of(server, deadlines: .init()) { mirror in
            try await mirror.expect(ids(1...5), listed: 5, within: .seconds(40))
            #expect(try await mirror.text("4@x") == "Text of 4@x")
            #expect(try await (mirror.text("3@x")?.utf8.count ?? 0) <= 4 << 20)
        }
    }

    @Test(arguments: [ScriptedIMAP.plain, ScriptedIMAP.withQResync])
    func `a mailbox with 2,000 folders is mirrored, and a quiet look at it is cheap`(capabilities: String) async throws
    {
        let folders = (1...2000).map {
            ScriptedFolder(
                "Customers/\($0)", [Letter("\($0)@x", from: $0 % 50 == 0 ? carol : "eve@elsewhere.example", minute: $0)]
            )
        }
        let server = try await ScriptedIMAP.start(letters(5001...5003), folders: folders, capabilities: capabilities)
        let customers = stride(from: 50, through: 2000, by: 50).map { "\($0)@x" }
        try await RunningMirror.of(server, pollInterval: .seconds(1), deadlines: .init()) { mirror in
            try await mirror.expect(customers + ids(5001...5003), listed: 2003, within: .seconds(60))
            let quiet = server.count("EXAMINE")
            let asked = server.count("STATUS")
            try await mirror.passes(3)
            #expect(server.count("EXAMINE") == quiet)
            if capabilities.contains("LIST-STATUS") { #expect(server.count("STATUS") == asked) }
            let before = server.count("EXAMINE")
            server.deliver(Letter("new@x", minute: 77), to: "Customers/1234")
            try await mirror.expect(customers + ids(5001...5003) + ["new@x"], listed: 2004, within: .seconds(30))
            #expect(server.count("EXAMINE") - before < 100)
        }
    }

    @Test func `a full disk is told, nothing is lost, and it goes on by itself when there is space`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...20))
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...20))
            try await mirror.limitPages(more: 2)
            try await mirror.keeping(ids(1...20)) {
                server.change { folder in
                    for number in 21...220 {
                        folder.add(Letter("\(number)@x", minute: number, text: String(repeating: "words ", count: 400)))
                    }
                }
                let status = try await mirror.expectStatus(saying: "disk that holds Mailcard's database is full")
                guard case .retrying = status else {
                    Issue.record("\(String(describing: status))")
                    return
                }
                try await mirror.limitPages(more: 100_000)
                try await mirror.expect(ids(1...220), listed: 220, within: .seconds(20))
            }
        }
    }
}

extension RunningMirror {
    /// Lets the database grow by so many pages and no further.
    fileprivate func limitPages(more: Int64) async throws {
        try await database.write { tx in
            let pages = try tx.integer("PRAGMA page_count", [])
            _ = try tx.integer("PRAGMA max_page_count = \(pages + more)", [])
        }
    }
}
