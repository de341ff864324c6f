import Mirror
import TestServers
import Testing

private let ann = MailUser("ann@acme.example")
private let carol = "carol@client.example"

/// Each thing that a person does in their mail program, on each server; after it the cards show exactly what the
/// mailbox holds.
@Suite(.serialized) struct MirrorOnRealServersTests {
    @Test(arguments: ServerKind.allCases)
    func `what a person does in the mail program shows on the cards`(kind: ServerKind) async throws {
        let server = try await MailServer.start(kind, users: [ann])
        let client = try await server.connect(as: ann)
        for folder in ["Projects", "Projects/Old"] where !(try await client.folders().contains { $0.name == folder }) {
            try await client.createFolder(folder)
        }
        try await server.deliver(letter("1@x", from: carol, to: ann.address), to: ann.address)
        try await server.deliver(letter("2@x", from: "Carol <CAROL@client.example>", to: ann.address), to: ann.address)
        try await server.deliver(letter("3@x", from: "eve@elsewhere.example", to: ann.address), to: ann.address)
        try await client.append(letter("4@x", from: ann.address, to: carol), to: "Sent")
        try await client.append(letter("5@x", from: ann.address, to: carol), to: "Drafts")

        let mirror = try await LiveMirror(server, as: ann, contacts: [carol])
        try await mirror.expectCards(["1@x", "2@x", "4@x"])
        #expect(try await mirror.wait { try await mirror.text("1@x") == "Text of 1@x" })

        // New mail.
        try await server.deliver(letter("6@x", from: carol, to: ann.address), to: ann.address)
        try await mirror.expectCards(["1@x", "2@x", "4@x", "6@x"])

        // Deleted and expunged; flags do not matter.
        var uids = try await uidsByID(client, "INBOX")
        try await client.store([try #require(uids["1@x"])], in: "INBOX", "+FLAGS", ["\\Seen", "\\Flagged"])
        try await delete(client, try #require(uids["2@x"]))
        try await mirror.expectCards(["1@x", "4@x", "6@x"])

        // To the trash and back.
        try await client.move([try #require(uids["1@x"])], from: "INBOX", to: "Trash")
        try await mirror.expectCards(["4@x", "6@x"])
        let trashed = try #require(try await uidsByID(client, "Trash")["1@x"])
        try await client.move([trashed], from: "Trash", to: "INBOX")
        try await mirror.expectCards(["1@x", "4@x", "6@x"])

        // Between folders, and a copy.
        uids = try await uidsByID(client, "INBOX")
        try await client.move([try #require(uids["6@x"])], from: "INBOX", to: "Projects")
        try await client.copy([try #require(uids["1@x"])], from: "INBOX", to: "Projects/Old")
        try await delete(client, try #require(uids["1@x"]))
        try await mirror.settle()
        try await mirror.expectCards(["1@x", "4@x", "6@x"])

        // A renamed folder, then a deleted one.
        try await client.renameFolder("Projects/Old", to: "Ältere Sachen")
        try await mirror.settle()
        try await mirror.expectCards(["1@x", "4@x", "6@x"])
        try await client.deleteFolder("Ältere Sachen")
        try await mirror.expectCards(["4@x", "6@x"])

        // All UIDs made anew.
        let validity = try await client.status(of: "Projects").uidValidity
        try await client.recreateFolder("Projects")
        #expect(try await client.status(of: "Projects").uidValidity != validity)
        try await mirror.settle()
        try await mirror.expectCards(["4@x", "6@x"])

        let accounting = try await mirror.accounting()
        #expect(accounting.listed == accounting.mirrored + accounting.noContact)
        #expect(accounting.noContact == 1)
        await mirror.stop()
        await server.stop()
    }

    @Test(arguments: ServerKind.allCases)
    func `reading leaves flags, UIDs and mod-sequences as they were`(kind: ServerKind) async throws {
        let server = try await MailServer.start(kind, users: [ann])
        let client = try await server.connect(as: ann)
        for number in 0..<20 {
            try await server.deliver(letter("\(number)@x", from: carol, to: ann.address), to: ann.address)
        }
        let uids = try await client.search("ALL", in: "INBOX")
        try await client.store([uids[3]], in: "INBOX", "+FLAGS", ["\\Seen"])
        let before = try await client.messages(in: "INBOX")
        let mirror = try await LiveMirror(server, as: ann, contacts: [carol])
        try await mirror.expectCards(Set((0..<20).map { "\($0)@x" }))
        #expect(try await mirror.wait { try await mirror.text("19@x") != nil })
        mirror.engine.check(mirror.mailbox)
        #expect(try await mirror.wait { try await mirror.lastCheck() != nil })
        #expect(try await client.messages(in: "INBOX") == before)
        await mirror.stop()
        await server.stop()
    }

    @Test(arguments: ServerKind.allCases)
    func `mail of a contact that is added later is found by asking the server`(kind: ServerKind) async throws {
        let server = try await MailServer.start(kind, users: [ann])
        for number in 0..<5 {
            let sender = number % 2 == 0 ? carol : "dave@other.example"
            try await server.deliver(letter("\(number)@x", from: sender, to: ann.address), to: ann.address)
        }
        let mirror = try await LiveMirror(server, as: ann, contacts: ["nobody@client.example"])
        #expect(try await mirror.wait { try await mirror.accounting() == Accounting(listed: 5, noContact: 5) })
        try await mirror.addContact(carol)
        try await mirror.expectCards(["0@x", "2@x", "4@x"])
        #expect(
            try await mirror.wait { try await mirror.accounting() == Accounting(listed: 5, mirrored: 3, noContact: 2) })
        await mirror.stop()
        await server.stop()
    }

    private func delete(_ client: RawIMAP, _ uid: UInt32) async throws {
        try await client.store([uid], in: "INBOX", "+FLAGS", ["\\Deleted"])
        try await client.expunge([uid], in: "INBOX")
    }

    private func uidsByID(_ client: RawIMAP, _ folder: String) async throws -> [String: UInt32] {
        try await client.messages(in: folder, withBodies: false).reduce(into: [:]) { result, message in
            if let id = message.messageID { result[id.trimmingAngles] = message.uid }
        }
    }
}
