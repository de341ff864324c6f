import Generators
import Mirror
import TestServers
import Testing

/// Thousands of things that a person does in their mail program, in random order, while the product mirrors the mailbox
/// and is killed at random moments; at the end of each round the mirror equals the mailbox: none lost, none extra, none
/// twice.
@Suite(.serialized) struct KilledMirrorTests {
    static let ann = MailUser("ann@acme.example")
    static let people = (0..<5).map { "person\($0)@client.example" }
    static let folders = ["INBOX", "Sent", "Projects", "Archive", "Trash", "Junk"]
    static let mirrored: Set<String> = ["INBOX", "Sent", "Projects", "Archive"]

    @Test(arguments: [(ServerKind.dovecot, UInt64(11)), (.dovecotMinimal, 12), (.cyrus, 13)])
    func `killed at random moments, the mirror ends equal to the mailbox`(kind: ServerKind, seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let server = try await MailServer.start(kind, users: [Self.ann])
        let client = try await server.connect(as: Self.ann)
        let existing = Set(try await client.folders().map(\.name))
        for folder in Self.folders where !existing.contains(folder) { try await client.createFolder(folder) }
        let program = try await MirrorProgram(
            address: Self.ann, imapPort: server.imapPort, contacts: Array(Self.people.prefix(3)))
        try program.start()
        var number = 0
        var kills = 0
        for round in 0..<8 {
            for _ in 0..<125 {
                number += 1
                guard Int.random(in: 0..<40, using: &random) == 0 else {
                    try await act(client, number, &random)
                    continue
                }
                // Before, while or after something happens in the mailbox.
                let delay = Duration.milliseconds(Int.random(in: 0...60, using: &random))
                async let killed: Void = {
                    try await Task.sleep(for: delay)
                    program.kill()
                }()
                try await act(client, number, &random)
                try await killed
                kills += 1
                try program.start()
            }
            try await expectMirror(program, client, "\(kind.rawValue), seed \(seed), round \(round)")
        }
        #expect(kills >= 10)
        program.kill()
        try await program.expectSoundDatabase()
        await server.stop()
    }

    private func act(_ client: RawIMAP, _ number: Int, _ random: inout SeededRandom) async throws {
        let folder = Self.folders[Int.random(in: 0..<Self.folders.count, using: &random)]
        let other = Self.folders[Int.random(in: 0..<Self.folders.count, using: &random)]
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<45:
            let person = Self.people[Int.random(in: 0..<Self.people.count, using: &random)]
            let isSent = Int.random(in: 0..<2, using: &random) == 0
            let message = letter(
                "m\(number)@x", from: isSent ? Self.ann.address : person, to: isSent ? person : Self.ann.address)
            try await client.append(message, to: folder)
        case 45..<62:
            if let uid = try await anyUID(client, folder, &random), folder != other {
                try await client.move([uid], from: folder, to: other)
            }
        case 62..<76:
            if let uid = try await anyUID(client, folder, &random) { try await client.expunge([uid], in: folder) }
        case 76..<84:
            if let uid = try await anyUID(client, folder, &random) {
                try await client.store(
                    [uid], in: folder, number % 2 == 0 ? "+FLAGS" : "-FLAGS", ["\\Seen", "\\Flagged"])
            }
        case 84..<90:
            if let uid = try await anyUID(client, folder, &random) {
                try await client.copy([uid], from: folder, to: other)
            }
        case 90..<92:
            // A folder that is made anew: UIDs mean other messages from now on.
            if folder == "Projects" { try await client.recreateFolder(folder) }
        case 92..<94:
            if folder == "Archive" {
                try await client.renameFolder(folder, to: "Attic")
                // Now and then long enough for the other name to be seen.
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...2_000, using: &random)))
                try await client.renameFolder("Attic", to: folder)
            }
        case 94..<96:
            // Deleted with all that is in it, and made again later.
            if folder == "Projects" {
                try await client.deleteFolder(folder)
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...2_000, using: &random)))
                try await client.makeFolderAgain(folder)
            }
        default: try await Task.sleep(for: .milliseconds(Int.random(in: 1...120, using: &random)))
        }
    }

    private func anyUID(_ client: RawIMAP, _ folder: String, _ random: inout SeededRandom) async throws -> UInt32? {
        try await client.search("ALL", in: folder).randomElement(using: &random)
    }

    /// Compares with what a plain client reads, once the program has had time to catch up.
    private func expectMirror(_ program: MirrorProgram, _ client: RawIMAP, _ moment: String) async throws {
        var expected: [String: [String: Int]] = [:]
        var listed = 0
        for folder in Self.mirrored {
            for message in try await client.messages(in: folder) {
                listed += 1
                let header = String(decoding: message.body, as: UTF8.self)
                for person in Self.people.prefix(3) where header.contains(person) {
                    expected[person, default: [:]][(message.messageID ?? "").trimmingAngles] = 1
                }
            }
        }
        try await program.expect(expected, listed: listed, moment)
    }
}
