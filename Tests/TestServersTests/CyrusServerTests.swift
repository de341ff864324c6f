import Testing
import TestServers

private let alice = MailUser("alice@example.test")

@Suite struct CyrusServerTests {
    @Test func `a delivered message is seen by a mail program`() async throws {
        let server = try await CyrusServer.start(users: [alice])
        let client = try await server.connect(as: alice)
        #expect(try await client.capabilities().isSuperset(of: ["CONDSTORE", "QRESYNC", "OBJECTID", "IDLE", "MOVE"]))
        #expect(
            try await Set(client.folders().map(\.name)).isSuperset(of: ["INBOX", "Sent", "Drafts", "Trash", "Junk"]))
        try await server.deliver(letter("Greetings"), to: alice.address)
        let message = try #require(try await client.messages(in: "INBOX").first)
        #expect(message.messageID == "<1@example.test>")
        #expect(message.modificationSequence != nil)
        await server.stop()
    }

    @Test func `a person's actions change what the server holds`() async throws {
        let server = try await CyrusServer.start(users: [alice])
        try await exerciseMailProgram(try await server.connect(as: alice))
    }

    @Test func `a store outlives its server`() async throws {
        let server = try await CyrusServer.start(users: [alice])
        _ = try await server.connect(as: alice).append(letter("Kept"), to: "INBOX")
        await server.stop()
        try await server.start()
        #expect(try await server.connect(as: alice).messages(in: "INBOX").count == 1)
    }
}
