import Foundation
import Sandbox
import Testing

@Suite
struct `Delta of messages` {
    private let inbox = "/me/mailFolders/inbox/messages/delta?$select=subject,isRead"
    private let page = "IdType=\"ImmutableId\", odata.maxpagesize=2"

    @Test func `the first round gives every message once, in pages of the size asked for`() async throws {
        try await Office.open { office in
            try office.receive(1...5)
            let round = try await office.walk(inbox, prefer: page)
            #expect(round.pages == 3)
            #expect(Set(round.items.compactMap { $0["subject"]?.string }) == Set((1...5).map { "Letter \($0)" }))
            #expect(round.items.allSatisfy { $0["receivedDateTime"] == nil && $0["@odata.etag"] != nil })
        }
    }

    @Test func `a later round gives what changed and no more of it than that`() async throws {
        try await Office.open { office in
            let ids = try office.receive(1...3)
            let first = try await office.walk(inbox)
            try office.sandbox.withMailbox(of: office.anna) { mailbox, now in
                try mailbox.setRead(true, of: ids[0], at: now)
                try mailbox.delete(ids[1], at: now)
                try mailbox.permanentlyDelete(ids[2], at: now)
                mailbox.deliver(office.letter(4), to: mailbox.folder(.inbox).id, at: now)
            }
            let later = try await office.walk(first.link)
            let graph = ids.map { office.sandbox.graphID(of: $0, in: office.anna) }
            let byID = Dictionary(uniqueKeysWithValues: later.items.map { ($0["id"]?.string ?? "", $0) })
            #expect(later.items.count == 4)
            #expect(byID[graph[0]]?["isRead"] == true)
            #expect(byID[graph[0]]?["subject"] == nil)
            #expect(byID[graph[1]]?["@removed"] == ["reason": "deleted"])
            #expect(byID[graph[2]]?["@removed"] == ["reason": "deleted"])
            #expect(later.items.contains { $0["subject"] == "Letter 4" })
            #expect(try await office.walk(later.link).items.isEmpty)
        }
    }
}
