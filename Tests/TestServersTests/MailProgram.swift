import Foundation
import Testing
import TestServers

/// What a mail program does in an ordinary week; each step is checked on the server.
func exerciseMailProgram(_ client: RawIMAP) async throws {
    let date = Date(timeIntervalSince1970: 1_650_000_000)
    let uid = try #require(
        try await client.append(letter("One"), to: "INBOX", flags: ["\\Seen", "\\Flagged"], internalDate: date))
    let second = try #require(try await client.append(letter("Two", id: "<2@example.test>"), to: "INBOX"))
    var inbox = try await client.messages(in: "INBOX")
    #expect(inbox.map(\.uid) == [uid, second])
    #expect(inbox[0].internalDate == date)
    #expect(inbox[0].flags.isSuperset(of: ["\\Seen", "\\Flagged"]))
    #expect(inbox[0].body == letter("One"))
    #expect(inbox[0].size == letter("One").count)

    try await client.store([uid], in: "INBOX", "-FLAGS", ["\\Flagged"])
    inbox = try await client.messages(in: "INBOX")
    #expect(inbox[0].flags.contains("\\Flagged") == false)

    try await client.createFolder("Projekt/Grüße & mehr")
    try await client.copy([uid], from: "INBOX", to: "Projekt/Grüße & mehr")
    try await client.move([second], from: "INBOX", to: "Projekt/Grüße & mehr")
    #expect(try await client.search(in: "INBOX") == [uid])
    #expect(
        try await client.messages(in: "Projekt/Grüße & mehr").map(\.messageID) == [
            "<1@example.test>", "<2@example.test>",
        ])

    try await client.renameFolder("Projekt/Grüße & mehr", to: "日本")
    #expect(try await client.folders().map(\.name).contains("日本"))
    let before = try await client.status(of: "日本")
    try await client.recreateFolder("日本")
    let after = try await client.status(of: "日本")
    #expect(after.messages == 2)
    #expect(after.uidValidity != before.uidValidity)
    #expect(try await client.messages(in: "日本").map(\.body) == [letter("One"), letter("Two", id: "<2@example.test>")])

    try await client.deleteFolder("日本")
    #expect(try await client.folders().map(\.name).contains("日本") == false)
    try await client.expunge([uid], in: "INBOX")
    #expect(try await client.messages(in: "INBOX", withBodies: false) == [])
    try await client.logout()
}
