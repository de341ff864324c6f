import ScriptedServer

/// One client's conversation with a ``ScriptedIMAP``.
struct ScriptedDialogue {
    let mailbox: ScriptedIMAP
    let connection: ScriptedConnection
    private var view: FolderView?
    private var isSignedIn = false
    private var enabled = ""

    init(mailbox: ScriptedIMAP, connection: ScriptedConnection) {
        self.mailbox = mailbox
        self.connection = connection
    }

    /// What a session has been told of the folder it opened.
    private struct FolderView {
        let name: String
        var uids: [UInt32]
    }

    mutating func run() async throws {
        guard try await answer(("*", "GREETING", ""), usual: "* OK [CAPABILITY \(capabilities)] ready\r\n") else {
            return
        }
        while true {
            let command = try await connection.command()
            if command.name == "IDLE" {
                guard try await idle(command) else { return }
                continue
            }
            let usual = usualAnswer(command)
            guard try await answer(command, usual: usual) else { return }
            if command.name == "LOGOUT" { return }
        }
    }

    private var capabilities: String { mailbox.state.withLock { $0.capabilities } }

    /// Sends what the test wants, else the usual answer.
    /// - Returns: whether the conversation goes on.
    private func answer(_ command: (tag: String, name: String, rest: String), usual: String) async throws -> Bool {
        let deviation = mailbox.state.withLock { state in
            let earlier = state.commands[command.name] ?? 0
            state.commands[command.name] = earlier + 1
            return state.deviation.map { ($0, earlier) }
        }
        let answer = deviation.flatMap { deviation, earlier in
            deviation(
                ScriptedIMAP.Request(
                    connection: connection.index, tag: command.tag, name: command.name, rest: command.rest,
                    folder: view?.name,
                    earlier: earlier))
        }
        switch answer {
        case nil: try await connection.send(usual)
        case .say(let text): try await connection.send(text.replacing("%TAG", with: command.tag))
        case .rewriting(let rewrite): try await connection.send(rewrite(usual))
        case .cut(let count):
            try await connection.send(Array(usual.utf8.prefix(count)))
            return false
        case .hangUp: return false
        case .stall:
            await connection.stall()
            return false
        }
        return true
    }

    // MARK: Commands

    private mutating func usualAnswer(_ command: (tag: String, name: String, rest: String)) -> String {
        let done = "\(command.tag) OK done\r\n"
        switch command.name {
        case "CAPABILITY": return "* CAPABILITY \(capabilities)\r\n" + done
        case "LOGIN", "AUTHENTICATE":
            isSignedIn = true
            mailbox.state.withLock { $0.signIns += 1 }
            return "\(command.tag) OK [CAPABILITY \(capabilities)] signed in\r\n"
        case "LOGOUT": return "* BYE until then\r\n" + done
        case _ where !isSignedIn: return "\(command.tag) NO sign in first\r\n"
        case "ID": return "* ID NIL\r\n" + done
        case "NAMESPACE": return "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n" + done
        case "ENABLE":
            enabled += " " + command.rest
            return "* ENABLED \(command.rest)\r\n" + done
        case "LIST": return list(command.rest) + done
        case "STATUS":
            let name = Self.astring(command.rest)
            guard let folder = mailbox.folder(name) else {
                return "\(command.tag) NO [NONEXISTENT] no such mailbox\r\n"
            }
            return Self.status(folder) + done
        case "EXAMINE": return examine(command)
        case "UNSELECT", "CLOSE":
            view = nil
            return done
        case "NOOP": return news() + done
        case _ where view == nil: return "\(command.tag) BAD no mailbox is open\r\n"
        case "UID SEARCH": return news() + search(command) + done
        case "UID FETCH": return fetch(command.rest) + done
        default: return "\(command.tag) BAD unknown command\r\n"
        }
    }

    private func list(_ options: String) -> String {
        mailbox.state.withLock { $0.folders }.map { folder in
            var lines = "* LIST (\(folder.attributes)) \"/\" \"\(folder.name)\"\r\n"
            if options.contains("STATUS ("), !folder.attributes.lowercased().contains("noselect") {
                lines += Self.status(folder)
            }
            return lines
        }.joined()
    }

    private static func status(_ folder: ScriptedFolder) -> String {
        "* STATUS \"\(folder.name)\" (MESSAGES \(folder.entries.count) UIDNEXT \(folder.uidNext) UIDVALIDITY \(folder.uidValidity))\r\n"
    }

    private mutating func examine(_ command: (tag: String, name: String, rest: String)) -> String {
        view = nil
        let name = Self.astring(command.rest)
        guard let folder = mailbox.folder(name), !folder.attributes.lowercased().contains("noselect") else {
            return "\(command.tag) NO [NONEXISTENT] no such mailbox\r\n"
        }
        view = FolderView(name: folder.name, uids: folder.uids)
        var text = "* FLAGS ()\r\n* \(folder.entries.count) EXISTS\r\n* 0 RECENT\r\n"
        text += "* OK [UIDVALIDITY \(folder.uidValidity)] as ever\r\n* OK [UIDNEXT \(folder.uidNext)] next\r\n"
        if capabilities.contains("CONDSTORE") { text += "* OK [HIGHESTMODSEQ \(folder.modSequence)] highest\r\n" }
        if let known = Self.known(command.rest), known.validity == UInt64(folder.uidValidity) {
            let gone = folder.expunged.filter { $0.modSequence > known.modSequence }.map { "\($0.uid)" }
            if !gone.isEmpty { text += "* VANISHED (EARLIER) \(gone.joined(separator: ","))\r\n" }
        }
        return text + "\(command.tag) OK [READ-ONLY] open\r\n"
    }

    private static func known(_ rest: String) -> (validity: UInt64, modSequence: UInt64)? {
        guard let start = rest.range(of: "(QRESYNC (") else { return nil }
        let numbers = rest[start.upperBound...].split { !$0.isNumber }.compactMap { UInt64($0) }
        return numbers.count >= 2 ? (numbers[0], numbers[1]) : nil
    }

    /// What the session was not told yet of the open folder.
    private mutating func news() -> String {
        guard let open = view, let folder = mailbox.folder(open.name) else { return "" }
        let now = Set(folder.uids)
        var text = ""
        let gone = open.uids.filter { !now.contains($0) }
        if enabled.contains("QRESYNC") {
            if !gone.isEmpty { text += "* VANISHED \(gone.map(String.init).joined(separator: ","))\r\n" }
        } else {
            for (index, uid) in open.uids.enumerated().reversed() where !now.contains(uid) {
                text += "* \(index + 1) EXPUNGE\r\n"
            }
        }
        if Set(open.uids) != now, folder.entries.count != open.uids.count - gone.count {
            text += "* \(folder.entries.count) EXISTS\r\n"
        }
        view?.uids = folder.uids
        return text
    }

    /// Sends news as they come, until the client says DONE.
    private mutating func idle(_ command: (tag: String, name: String, rest: String)) async throws -> Bool {
        guard try await answer(command, usual: "+ idling\r\n") else { return false }
        let connection = connection
        let (push, ended) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let ticking = Task {
            // Ends with the conversation.
            while !Task.isCancelled {
                ended.yield()
                try? await Task.sleep(for: .milliseconds(15))
            }
            ended.finish()
        }
        let reading = Task {
            // Reads beside the sending below.
            defer { ticking.cancel() }
            _ = try await connection.expect(prefix: "DONE")
        }
        for await _ in push {
            let text = news()
            if !text.isEmpty { try? await connection.send(text) }
        }
        try await reading.value
        try await connection.send("\(command.tag) OK idled\r\n")
        return true
    }

    var openFolder: ScriptedFolder? { view.flatMap { mailbox.folder($0.name) } }

    static func astring(_ rest: String) -> String {
        if rest.hasPrefix("\"") {
            return String(rest.dropFirst().prefix { $0 != "\"" })
        }
        if rest.hasPrefix("{"), let end = rest.firstIndex(of: "\r\n") {
            return String(rest[rest.index(after: end)...].prefix { $0 != " " })
        }
        return String(rest.prefix { $0 != " " })
    }
}
