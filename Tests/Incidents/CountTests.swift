import Mirror
import Testing

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
