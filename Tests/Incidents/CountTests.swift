import Mirror
import Testing

@testable import IMAPProvider

/// Counts and listings of a server that do not agree (field notes, sections 2.2 and 4.1).
@Suite struct CountTests {
    private static let servers = [ScriptedIMAP.plain, ScriptedIMAP.plain + " ESEARCH", ScriptedIMAP.withQResync]

    // Foundry376/Mailspring#304, #1948, #1095 (Zimbra, iCloud, free.fr)
    @Test(arguments: servers)
    func `a folder that counts nought for a moment loses nothing`(capabilities: String) async throws {
        let server = try await ScriptedIMAP.start(letters(1...9), capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...9))
            server.deviate { request in
                request.name == "EXAMINE"
                    ? .rewriting {
                        $0.replacing("* 9 EXISTS", with: "* 0 EXISTS").replacing("* 10 EXISTS", with: "* 0 EXISTS")
                    } : nil
            }
            try await mirror.keeping(ids(1...9)) {
                server.deliver(Letter("10@x", minute: 10))
                try await mirror.passes(4)
                server.behave()
                try await mirror.expect(ids(1...10), listed: 10)
            }
        }
    }

    // The same, while the folder is read from the start
    @Test(arguments: servers)
    func `a folder that counts nought while it is read anew loses nothing`(capabilities: String) async throws {
        let server = try await ScriptedIMAP.start(letters(1...9), capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...9))
            server.deviate { request in
                request.name == "EXAMINE" ? .rewriting { $0.replacing("* 9 EXISTS", with: "* 0 EXISTS") } : nil
            }
            try await mirror.keeping(ids(1...9)) {
                server.change { $0.renumber(uidValidity: 8) }
                try await mirror.passes(4)
                server.behave()
                try await mirror.expect(ids(1...9), listed: 9)
            }
        }
    }

    // twentyhq/twenty, imap-find-expunged-messages.service.ts: UID SEARCH finds fewer than EXISTS counts
    @Test(arguments: servers, [0, 3])
    func `a search that finds less than the folder counts removes nothing`(capabilities: String, found: Int)
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...9), capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...9))
            server.deviate { request in
                guard request.name == "UID SEARCH" else { return nil }
                return .rewriting { usual in
                    let numbers = (1...max(found, 1)).map(String.init)
                    let some =
                        found == 0
                        ? ""
                        : " "
                            + (request.rest.hasPrefix("RETURN")
                                ? "ALL " + numbers.joined(separator: ",") : numbers.joined(separator: " "))
                    return usual.split(separator: "\r\n").map { line in
                        if line.hasPrefix("* ESEARCH") { return "* ESEARCH (TAG \"\(request.tag)\") UID\(some)\r\n" }
                        return line.hasPrefix("* SEARCH") ? "* SEARCH\(some)\r\n" : line + "\r\n"
                    }.joined()
                }
            }
            try await mirror.keeping(ids(1...4) + ids(6...9)) {
                server.remove("5@x")
                try await mirror.passes(2, within: .seconds(3))
                mirror.engine.check(mirror.mailbox)
                try await mirror.passes(2, within: .seconds(3))
                server.behave()
                mirror.retryNow()
                try await mirror.expect(ids(1...4) + ids(6...9), listed: 8)
            }
        }
    }

    /// Answers searches, and fetches that look for what a search left out, as if only some UIDs were there.
    private static func hiding(
        _ isHidden: @escaping @Sendable (UInt32) -> Bool, fetches: ScriptedIMAP.Answer?
    ) -> ScriptedIMAP.Deviation {
        { request in
            if request.name == "UID FETCH", request.rest.contains("FLAGS") { return fetches }
            guard request.name == "UID SEARCH", request.rest.hasSuffix("ALL") || request.rest.contains(":") else {
                return nil
            }
            return .rewriting { usual in
                usual.split(separator: "\r\n").map { line in
                    guard line.hasPrefix("* SEARCH") || line.hasPrefix("* ESEARCH") else { return line + "\r\n" }
                    let words = line.split(separator: " ")
                    let isExtended = line.hasPrefix("* ESEARCH")
                    let found = words.last.map { $0.split(separator: ",").compactMap { UInt32($0) } } ?? []
                    let all = isExtended ? (line.contains(" ALL ") ? found : []) : words.compactMap { UInt32($0) }
                    let some = all.filter { !isHidden($0) }.map(String.init)
                    if !isExtended { return "* SEARCH" + some.map { " " + $0 }.joined() + "\r\n" }
                    let set = some.isEmpty ? "" : " ALL " + some.joined(separator: ",")
                    return "* ESEARCH (TAG \"\(request.tag)\") UID\(set)\r\n"
                }.joined()
            }
        }
    }

    // twentyhq/twenty, imap-find-expunged-messages.service.ts; Zimbra, iCloud
    @Test(
        arguments: servers,
        ["NO cannot fetch", "NO [SERVERBUG] internal error", "BAD cannot", "OK nothing there"])
    func `a listing that lacks three of four messages removes none of them`(capabilities: String, fetch: String)
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...5), capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...5))
            server.deviate(Self.hiding({ $0 > 1 }, fetches: .say("%TAG \(fetch)\r\n")))
            try await mirror.keeping(ids(1...4)) {
                server.remove("5@x")
                for _ in 0..<4 {
                    mirror.retryNow()
                    try await mirror.passes(1, within: .seconds(2))
                }
                mirror.engine.check(mirror.mailbox)
                try await mirror.passes(2, within: .seconds(3))
                server.behave()
                mirror.advance(seconds: 7 * 3600)
                mirror.retryNow()
                try await mirror.expect(ids(1...4), listed: 4)
            }
        }
    }

    // Foundry376/Mailspring#304
    @Test(arguments: servers)
    func `messages that no listing names and that are found when they are asked for stay`(capabilities: String)
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...40), capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...40))
            server.deviate { request in
                if request.name == "UID SEARCH", request.rest.hasSuffix("ALL") {
                    return Self.hiding({ (11...12).contains($0) }, fetches: nil)(request)
                }
                // What only a wide question hides is found by a narrow one.
                let isWide = AskedUIDs(request.rest.prefix { $0 != " " }, highest: 40).contains(30)
                guard request.name == "UID FETCH", request.rest.contains("FLAGS"), isWide else { return nil }
                return .rewriting { usual in
                    usual.split(separator: "\r\n").filter { !$0.contains("(UID 11") && !$0.contains("(UID 12") }.map {
                        $0 + "\r\n"
                    }.joined()
                }
            }
            try await mirror.keeping(ids(1...29) + ids(31...40)) {
                server.remove("30@x")
                try await mirror.expect(ids(1...29) + ids(31...40), listed: 39)
                mirror.engine.check(mirror.mailbox)
                try await mirror.passes(3)
            }
        }
    }

    // Messages that are counted and that nobody can see
    @Test(arguments: servers)
    func `a folder that counts two ghosts for ever is not read again and again, and adds up`(capabilities: String)
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...20), capabilities: capabilities)
        server.deviate { _ in
            .rewriting { usual in
                usual.split(separator: "\r\n").map { line in
                    var words = line.split(separator: " ").map(String.init)
                    if words.count == 3, words[2] == "EXISTS", let count = Int(words[1]) {
                        words[1] = "\(count + 2)"
                    } else if let index = words.firstIndex(of: "(MESSAGES"), let count = Int(words[index + 1]) {
                        words[index + 1] = "\(count + 2)"
                    } else {
                        return line + "\r\n"
                    }
                    return words.joined(separator: " ") + "\r\n"
                }.joined()
            }
        }
        func readings() -> Int { server.received.count { $0.contains("ENVELOPE") } }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...20), listed: 20)
            try await mirror.passes(2)
            var before = readings()
            try await mirror.passes(5)
            #expect(readings() == before)
            server.deliver(Letter("21@x", minute: 21))
            try await mirror.expect(ids(1...21), listed: 21)
            server.remove("3@x")
            try await mirror.expect(ids(1...2) + ids(4...21), listed: 20)
            server.remove("4@x", "21@x")
            server.deliver(Letter("22@x", minute: 22), Letter("23@x", from: "eve@elsewhere.example"))
            try await mirror.expect(ids(1...2) + ids(5...20) + ["22@x"], listed: 20)
            // One reading for each arrival, none from the start.
            #expect(readings() - before <= 3)
            // The server mends its counts.
            server.behave()
            server.remove("5@x")
            try await mirror.expect(ids(1...2) + ids(6...20) + ["22@x"], listed: 19)
            try await mirror.passes(2)
            before = readings()
            try await mirror.passes(4)
            #expect(readings() == before)
            #expect(try await mirror.status() == .upToDate)
        }
    }

    @Test func `a checkpoint of an earlier version still serves`() throws {
        let old = Checkpoint(bytes: Array(#"{"v":7,"n":42,"l":1,"c":40,"m":123}"#.utf8))
        let known = try #require(IMAPCheckpoint(old))
        #expect(known == IMAPCheckpoint(uidValidity: 7, next: 42, low: 1, count: 40, modSequence: 123))
        #expect(known.ghosts == 0 && known.agrees(with: FolderSnapshot(messages: 40, uidNext: 42)))
        let haunted = IMAPCheckpoint(uidValidity: 7, next: 42, low: 1, count: 40, modSequence: nil, ghosts: 2)
        #expect(IMAPCheckpoint(try haunted.checkpoint) == haunted)
        #expect(haunted.agrees(with: FolderSnapshot(messages: 42, uidNext: 42)))
    }

    // Field notes 4.1, 2: EXISTS of a message that is gone again
    @Test(arguments: servers)
    func `messages that come and go between two looks leave no trace`(capabilities: String) async throws {
        let server = try await ScriptedIMAP.start(letters(1...5), capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...5))
            for number in 6...30 {
                server.deliver(Letter("\(number)@x", minute: number))
                try await Task.sleep(for: .milliseconds(7))
                server.remove("\(number)@x")
            }
            try await mirror.expect(ids(1...5), listed: 5)
            #expect(try await mirror.status() == .upToDate)
        }
    }

    // frappe/frappe#42756, seeded
    @Test(arguments: [1, 2, 3] as [UInt64], servers)
    func `folders whose messages come, go and move at random end as the mailbox is`(seed: UInt64, capabilities: String)
        async throws
    {
        var random = SeededNumbers(seed)
        let names = ["INBOX", "A", "B", "C", "D"]
        let server = try await ScriptedIMAP.start(
            letters(1...20), folders: names.dropFirst().map { ScriptedFolder($0) }, capabilities: capabilities)
        try await RunningMirror.of(server, pollInterval: .milliseconds(40)) { mirror in
            for number in 21...140 {
                let folder = names[random.next(names.count)]
                switch random.next(4) {
                case 0, 1:
                    server.deliver(
                        Letter(
                            "\(number)@x", from: random.next(4) == 0 ? "eve@elsewhere.example" : carol, minute: number),
                        to: folder)
                case 2:
                    let uid = server.folder(folder)?.entries.randomElement(using: &random)?.letter
                    server.change(folder) { $0.remove { $0 == uid } }
                default:
                    let other = names[random.next(names.count)]
                    if other != folder { server.move(from: folder, to: other) }
                }
                if random.next(6) == 0 { try await Task.sleep(for: .milliseconds(15)) }
            }
            let all = names.flatMap { server.folder($0)?.entries.map(\.letter) ?? [] }
            try await mirror.expect(
                all.filter { $0.from == carol }.compactMap(\.id), listed: all.count, within: .seconds(25))
        }
    }
}
