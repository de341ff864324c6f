import Mirror
import Testing

/// UIDVALIDITY changes, is missing, or makes no sense (field notes, sections 2.10 and 4.1, 4 and 5). The cards are
/// never empty meanwhile.
@Suite struct UIDValidityTests {
    private static let servers = [ScriptedIMAP.plain, ScriptedIMAP.withQResync]

    // nextcloud/mail#1972, #2979
    @Test(arguments: servers)
    func `a new UIDVALIDITY empties no card and downloads no text again`(capabilities: String) async throws {
        let server = try await ScriptedIMAP.start(letters(1...120), capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...120))
            let before = server.textFetches
            try await mirror.keeping(ids(1...120)) {
                server.change { $0.renumber(uidValidity: 8, from: 5000) }
                server.deliver(Letter("121@x", minute: 121))
                try await mirror.expect(ids(1...121), listed: 121)
            }
            #expect(server.textFetches - before <= 2)
        }
    }

    // OfflineIMAP#633 (DavMail, Proton Bridge)
    @Test(arguments: servers)
    func `UIDs that mean other messages under a new UIDVALIDITY are not taken for the old ones`(capabilities: String)
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...10), capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...10))
            server.change { folder in
                // The same UIDs, in another order, and one message less.
                let letters = folder.entries.map(\.letter).reversed().dropLast()
                folder.entries = []
                folder.expunged = []
                folder.uidNext = 1
                folder.uidValidity = 8
                for letter in letters { folder.add(letter) }
            }
            try await mirror.keeping(ids(2...10)) {
                try await mirror.expect(ids(2...10), listed: 9)
            }
            server.remove("10@x")
            try await mirror.expect(ids(2...9), listed: 8)
            #expect(try await mirror.text("2@x") == "Text of 2@x")
        }
    }

    // espocrm/espocrm#3654, #3655
    @Test(arguments: servers)
    func `a mailbox that was emptied and made anew goes on being mirrored`(capabilities: String) async throws {
        let server = try await ScriptedIMAP.start(letters(1...10), capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...10))
            server.change { folder in
                folder.entries = []
                folder.renumber(uidValidity: 9)
            }
            try await mirror.expect([], listed: 0)
            server.deliver(Letter("11@x", minute: 11))
            try await mirror.expect(["11@x"], listed: 1)
            #expect(try await mirror.status() == .upToDate)
        }
    }

    // frappe/frappe#6960
    @Test func `STATUS without UIDVALIDITY is made up for by opening the folder`() async throws {
        let server = try await ScriptedIMAP.start(
            letters(1...5), folders: [ScriptedFolder("Projects", letters(11...13))])
        server.deviate { request in
            request.name == "STATUS" ? .rewriting { $0.replacing(" UIDVALIDITY 7", with: "") } : nil
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...5) + ids(11...13))
            server.deliver(Letter("6@x", minute: 6))
            server.change("Projects") { $0.renumber(uidValidity: 9) }
            try await mirror.keeping(ids(1...5) + ids(11...13)) {
                try await mirror.expect(ids(1...6) + ids(11...13), listed: 9)
                try await mirror.passes()
            }
        }
    }

    // modern-email/defects#52, EmailEngine 2.62.0
    @Test(arguments: ["0", "4294967296", "18446744073709551615", "-1", "abc", ""])
    func `a UIDVALIDITY that makes no sense does not keep the mail out`(value: String) async throws {
        let server = try await ScriptedIMAP.start(letters(1...5))
        server.deviate { request in
            ["STATUS", "EXAMINE"].contains(request.name)
                ? .rewriting { $0.replacing("UIDVALIDITY 7", with: "UIDVALIDITY \(value)") } : nil
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...5))
            server.remove("2@x")
            server.deliver(Letter("6@x", minute: 6))
            try await mirror.keeping(["1@x", "3@x", "4@x", "5@x"]) {
                try await mirror.expect(["1@x", "3@x", "4@x", "5@x", "6@x"], listed: 5)
                try await mirror.passes()
            }
        }
    }

    // EmailEngine 2.62.0; field notes 4.1, 4: UIDNEXT absent, nought, shrunk
    @Test(arguments: ["* OK [UIDNEXT 0] next\r\n", "", "* OK [UIDNEXT 99999999999] next\r\n"])
    func `a UIDNEXT that is missing or makes no sense hides nothing`(line: String) async throws {
        let server = try await ScriptedIMAP.start(letters(1...5))
        server.deviate { request in
            switch request.name {
            case "STATUS":
                .rewriting {
                    $0.split(separator: " UIDNEXT").first.map(String.init).map {
                        $0 + " UIDVALIDITY 7)\r\n\(request.tag) OK done\r\n"
                    } ?? ""
                }
            case "EXAMINE":
                .rewriting { usual in
                    usual.split(separator: "\r\n").map { $0.contains("UIDNEXT") ? line : $0 + "\r\n" }.joined()
                }
            default: nil
            }
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...5))
            server.deliver(Letter("6@x", minute: 6))
            try await mirror.expect(ids(1...6), listed: 6)
            server.remove("3@x")
            server.deliver(Letter("7@x", minute: 7))
            try await mirror.expect(ids(1...2) + ids(4...7), listed: 6)
        }
    }

    // EmailEngine 2.62.0: a folder restored from a backup
    @Test(arguments: servers)
    func `a UIDNEXT that shrinks under the same UIDVALIDITY makes the folder be read anew`(capabilities: String)
        async throws
    {
        let server = try await ScriptedIMAP.start(letters(1...10), capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...10))
            server.change { folder in
                folder.entries.removeLast(3)
                folder.uidNext = 8
            }
            try await mirror.keeping(ids(1...7)) {
                try await mirror.expect(ids(1...7), listed: 7)
                server.deliver(Letter("new@x", minute: 50))
                try await mirror.expect(ids(1...7) + ["new@x"], listed: 8)
            }
        }
    }

    // Nylas: loop guard
    @Test(arguments: servers)
    func `a UIDVALIDITY that is another with each answer ends in a pause and not in a loop`(capabilities: String)
        async throws
    {
        let server = try await ScriptedIMAP.start(
            letters(1...5), folders: [ScriptedFolder("Projects", letters(11...13))], capabilities: capabilities)
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...5) + ids(11...13))
            server.deviate { request in
                request.name == "EXAMINE" && request.rest.contains("INBOX") || request.name == "STATUS"
                    || request.name == "LIST"
                    ? .rewriting {
                        $0.replacing(
                            "UIDVALIDITY 7",
                            with: "UIDVALIDITY \(1000 + request.earlier * 2 + (request.name == "EXAMINE" ? 1 : 0))")
                    } : nil
            }
            try await mirror.keeping(ids(1...5) + ids(11...13)) {
                server.deliver(Letter("6@x", minute: 6))
                let before = server.count("EXAMINE")
                try await Task.sleep(for: .seconds(2))
                #expect(server.count("EXAMINE") - before < 60)
                server.behave()
                mirror.retryNow()
                try await mirror.expect(ids(1...6) + ids(11...13), listed: 9)
            }
        }
    }

    // Nylas: loop guard; floatpane/matcha#1169
    @Test func `a UIDVALIDITY that is another with each connection keeps every card`() async throws {
        let server = try await ScriptedIMAP.start(
            letters(1...5), folders: [ScriptedFolder("Projects", letters(11...13))])
        server.deviate { request in
            request.name == "EXAMINE" || request.name == "STATUS"
                ? .rewriting { $0.replacing("UIDVALIDITY 7", with: "UIDVALIDITY \(100 + request.connection)") } : nil
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.wait { try await mirror.cards().count == 8 }
            try await mirror.keeping(ids(1...5) + ids(11...13)) {
                for number in 6...8 {
                    server.deliver(Letter("\(number)@x", minute: number))
                    mirror.retryNow()
                    try await mirror.wait { try await mirror.cards()["\(number)@x"] == 1 }
                }
            }
            #expect(try await Set(mirror.cards().keys) == Set(ids(1...8) + ids(11...13)))
            #expect(try await mirror.accounting().listed == 11)
        }
    }

    // Courier: field notes 4.1, 5
    @Test func `a UIDVALIDITY that differs between STATUS and EXAMINE is taken from the opened folder`() async throws {
        let server = try await ScriptedIMAP.start(letters(1...5))
        server.deviate { request in
            request.name == "EXAMINE" ? .rewriting { $0.replacing("UIDVALIDITY 7", with: "UIDVALIDITY 70") } : nil
        }
        try await RunningMirror.of(server) { mirror in
            try await mirror.expect(ids(1...5), listed: 5)
            server.remove("3@x")
            try await mirror.expect(["1@x", "2@x", "4@x", "5@x"], listed: 4)
        }
    }
}
