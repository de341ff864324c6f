import ScriptedServer
import Synchronization
import Testing

@testable import IMAP

@Suite struct FetchTests {
    private static let requests = (0..<6).map { FetchRequest(uids($0), "RFC822.SIZE") }

    private static func uids(_ page: Int) -> UIDSet {
        let first = UInt32(page * 10 + 1)
        return UIDSet(first...(first + 1))
    }

    @Test func `pages come in order, and requests go out before answers come`() async throws {
        try await Play.signedIn { connection in
            // Three requests are here before the first is answered.
            var tags: [String] = []
            for _ in 0..<3 { tags.append(try await connection.command().tag) }
            for page in 0..<6 {
                let (first, second) = (page * 10 + 1, page * 10 + 2)
                try await connection.send(
                    "* 1 FETCH (UID \(first) RFC822.SIZE \(first))\r\n* 9 FETCH (FLAGS ())\r\n* 2 FETCH (RFC822.SIZE \(second) UID \(second))\r\n"
                        + "* 5 FETCH (UID 999 RFC822.SIZE 1)\r\n* 3 EXPUNGE\r\n\(tags[page]) OK done\r\n")
                if page < 3 { tags.append(try await connection.command().tag) }
            }
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            let pages = Mutex<[FetchedPage]>([])
            try await connection.fetch(Self.requests, depth: 3) { page in
                pages.withLock { $0.append(page) }
                return true
            }
            let found = pages.withLock { $0 }
            #expect(found.map(\.index) == Array(0..<6))
            #expect(found.map { UIDSet($0.messages.compactMap(\.uid)) } == (0..<6).map(Self.uids))
            #expect(
                found.allSatisfy { page in
                    page.messages.allSatisfy { $0.size == $0.uid.map(Int.init) } && page.unparsable.isEmpty
                })
            #expect(found.allSatisfy { $0.status.status == .ok })
        }
    }

    @Test func `a server that works on requests at the same time loses none of them`() async throws {
        try await Play.signedIn { connection in
            var tags: [String] = []
            for _ in 0..<3 { tags.append(try await connection.command().tag) }
            // The second is answered among the first, the third is completed before both.
            try await connection.send(
                "* 1 FETCH (UID 1)\r\n* 3 FETCH (UID 11)\r\n* 5 FETCH (UID 21)\r\n* 6 FETCH (UID 22)\r\n\(tags[2]) OK done\r\n"
                    + "* 2 FETCH (UID 2)\r\n* 4 FETCH (UID 12)\r\n\(tags[0]) OK done\r\n\(tags[1]) OK done\r\n")
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            let pages = Mutex<[FetchedPage]>([])
            try await connection.fetch(Array(Self.requests.prefix(3)), depth: 3) { page in
                pages.withLock { $0.append(page) }
                return true
            }
            let found = pages.withLock { $0 }
            #expect(found.map(\.index) == [0, 1, 2])
            #expect(found.map { UIDSet($0.messages.compactMap(\.uid)) } == (0..<3).map(Self.uids))
        }
    }

    @Test func `after enough the rest is not asked for, and the connection goes on`() async throws {
        try await Play.signedIn { connection in
            for page in 0..<4 { try await connection.answer("UID FETCH", "* 1 FETCH (UID \(page * 10 + 1))\r\n") }
            try await connection.answer("NOOP")
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            let count = Mutex(0)
            try await connection.fetch(Self.requests, depth: 3) { page in
                count.withLock { $0 += 1 }
                return page.index < 1
            }
            #expect(count.withLock { $0 } == 2)
            _ = try await connection.noop()
            #expect(await !connection.isOver)
        }
    }

    @Test func `a page that is refused is delivered with its status, and the next ones come`() async throws {
        try await Play.signedIn { connection in
            try await connection.answer(
                "UID FETCH", "* 1 FETCH (UID 1)\r\n", completion: "NO Some of the requested messages no longer exist")
            try await connection.answer("UID FETCH", completion: "BAD [LIMIT] too much")
            try await connection.answer("UID FETCH", "* 1 FETCH (UID 21 ENVELOPE (\r\n* 2 FETCH (UID 22)\r\n")
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            let pages = Mutex<[FetchedPage]>([])
            try await connection.fetch(Array(Self.requests.prefix(3))) { page in
                pages.withLock { $0.append(page) }
                return true
            }
            let found = pages.withLock { $0 }
            #expect(found.map(\.status.status) == [.no, .bad, .ok])
            #expect(found.map(\.messages.count) == [1, 0, 1])
            #expect(found.map(\.unparsable.count) == [0, 0, 1])
            #expect(found[1].status.code?.name == "LIMIT")
        }
    }

    @Test func `an error of the reader ends the connection, for answers are under way`() async throws {
        try await Play.signedIn { connection in
            try await connection.answer("UID FETCH")
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            struct Full: Error {}
            await #expect(throws: Full.self) { try await connection.fetch(Self.requests) { _ in throw Full() } }
            #expect(await connection.isOver)
            let failure = try await Play.failure { _ = try await connection.noop() }
            #expect(failure == .closed(nil))
        }
    }

    @Test func `an answer that never ends is an error`() async throws {
        try await Play.signedIn { connection in
            _ = try await connection.command()
            let flood = String(repeating: "* 1 FETCH (UID 1 FLAGS ())\r\n", count: 2000)
            try? await connection.send(flood)
            _ = try? await connection.readToEnd()
        } client: { connection async throws in
            let failure = try await Play.failure {
                _ = try await connection.fetch(FetchRequest(UIDSet(1...1), "FLAGS"))
            }
            #expect(failure == .protocolViolation("UID FETCH is answered without end"))
            #expect(await connection.isOver)
        }
    }

    /// Its caller asks again for what is missing, fewer messages at a time.
    @Test func `of an answer larger than its budget the rest is passed over, and the next ones come whole`()
        async throws
    {
        let text = String(repeating: "x", count: 1000)
        try await Play.signedIn { connection in
            for page in 0..<3 {
                let first = page * 10 + 1
                let messages = (first...first + 4).map { "* \($0) FETCH (UID \($0) BODY[] {1000}\r\n\(text))\r\n" }
                    .joined()
                try await connection.answer("UID FETCH", messages)
            }
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            let pages = Mutex<[FetchedPage]>([])
            let budgets = [3 * 1200, 1000, FetchRequest.defaultBudget]
            let requests = budgets.enumerated().map { page, budget in
                FetchRequest(UIDSet(UInt32(page * 10 + 1)...UInt32(page * 10 + 5)), "BODY.PEEK[]", budget: budget)
            }
            try await connection.fetch(requests, depth: 3) { page in
                pages.withLock { $0.append(page) }
                return true
            }
            let found = pages.withLock { $0 }
            #expect(found.map(\.isCut) == [true, true, false])
            // One is always there, so that asking for fewer comes to an end.
            #expect(found.map { $0.messages.compactMap(\.uid) } == [[1, 2, 3], [11], [21, 22, 23, 24, 25]])
            #expect(await !connection.isOver)
        }
    }

    @Test func `an answer that goes on far beyond its budget is an error`() async throws {
        let text = String(repeating: "x", count: 1000)
        try await Play.signedIn { connection in
            _ = try await connection.command()
            let flood = String(repeating: "* 1 FETCH (UID 1 BODY[] {1000}\r\n\(text))\r\n", count: 20)
            try? await connection.send(flood)
            _ = try? await connection.readToEnd()
        } client: { connection async throws in
            let failure = try await Play.failure {
                _ = try await connection.fetch(FetchRequest(UIDSet(1...1), "BODY.PEEK[]", budget: 1000))
            }
            #expect(failure == .protocolViolation("UID FETCH is answered without end"))
            #expect(await connection.isOver)
        }
    }

    /// Longer than what may lie unread: waiting for the rest must not stop reading.
    @Test(arguments: [6, 20]) func `a text of megabytes is read whole`(megabytes: Int) async throws {
        let text = [UInt8](repeating: 0x78, count: megabytes << 20)
        var deadlines = IMAPDeadlines()
        deadlines.silence = .seconds(20)
        try await Play.signedIn(deadlines: deadlines) { connection in
            for _ in 0..<2 {
                let tag = try await connection.command().tag
                try await connection.send(
                    "* 1 FETCH (UID 1 BODY[] {\(text.count)}\r\n".bytes + text + ")\r\n\(tag) OK done\r\n".bytes)
            }
            _ = try await connection.readToEnd()
        } client: { connection async throws in
            for _ in 0..<2 {
                let page = try await connection.fetch(FetchRequest(UIDSet(1...1), "BODY.PEEK[]"))
                #expect(page.messages.first?.sections[""]?.count == text.count)
            }
        }
    }
}
