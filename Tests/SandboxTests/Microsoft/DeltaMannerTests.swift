import Foundation
import Sandbox
import Testing

/// What the service does on some days and a mirror must live with.
@Suite
struct `Manners of the delta` {
    private let inbox = "/me/mailFolders/inbox/messages/delta"
    private let page = "IdType=\"ImmutableId\", odata.maxpagesize=2"

    @Test func `a link answers the same page as often as it is asked`() async throws {
        try await Office.open { office in
            try office.receive(1...5)
            let first = try await office.caller.get(inbox, prefer: page)
            let next = first.json["@odata.nextLink"]?.string ?? ""
            let once = try await office.caller.get(next, prefer: page)
            let again = try await office.caller.get(next, prefer: page)
            #expect(once.json == again.json)
            let round = try await office.walk(inbox)
            try office.receive(6...6)
            #expect(try await office.walk(round.link).items.count == 1)
            #expect(try await office.walk(round.link).items.count == 1)
        }
    }

    @Test func `what happens while pages are read is told by the next round`() async throws {
        try await Office.open { office in
            let ids = try office.receive(1...6)
            let first = try await office.caller.get(inbox, prefer: page)
            try office.sandbox.withMailbox(of: office.anna) { mailbox, now in
                try mailbox.delete(ids[0], at: now)
                mailbox.deliver(office.letter(7), to: mailbox.folder(.inbox).id, at: now)
            }
            let rest = try await office.walk(first.json["@odata.nextLink"]?.string ?? "", prefer: page)
            #expect(rest.items.count == 3)
            let later = try await office.walk(rest.link, prefer: page)
            #expect(later.items.count == 2)
            #expect(later.items.contains { $0["@removed"] != nil })
            #expect(later.items.contains { $0["subject"] == "Letter 7" })
        }
    }

    @Test func `a move is told as removed in one folder and as present in the other`() async throws {
        try await Office.open { office in
            let id = try office.receive(1...1)[0]
            let (from, to) = (
                try await office.walk(inbox), try await office.walk("/me/mailFolders/archive/messages/delta")
            )
            try office.sandbox.withMailbox(of: office.anna) { mailbox, now in
                try mailbox.move(id, to: mailbox.folder(.archive).id, at: now)
            }
            let graph = office.sandbox.graphID(of: id, in: office.anna)
            let left = try await office.walk(from.link).items
            #expect(left.map { $0["id"]?.string } == [graph])
            #expect(left[0]["@removed"] == ["reason": "deleted"])
            let came = try await office.walk(to.link).items
            #expect(came.map { $0["id"]?.string } == [graph])
            #expect(came[0]["subject"] == "Letter 1")
            office.sandbox.quirks.reasonOfMoves = .changed
            #expect(try await office.walk(from.link).items[0]["@removed"] == ["reason": "changed"])
        }
    }

    @Test func `without immutable ids the removed id is the one that the folder knew`() async throws {
        try await Office.open { office in
            let id = try office.receive(1...1)[0]
            office.caller.prefer = nil
            let first = try await office.walk(inbox)
            try office.sandbox.withMailbox(of: office.anna) { mailbox, now in try mailbox.delete(id, at: now) }
            let second = try await office.walk(first.link)
            #expect(second.items.map { $0["id"] } == first.items.map { $0["id"] })
        }
    }

    @Test func `a message that went and came back can be told as removed and never as present`() async throws {
        try await Office.open { office in
            let id = try office.receive(1...1)[0]
            let first = try await office.walk(inbox)
            try office.sandbox.withMailbox(of: office.anna) { mailbox, now in
                try mailbox.move(id, to: mailbox.folder(.archive).id, at: now)
                try mailbox.move(id, to: mailbox.folder(.inbox).id, at: now)
            }
            #expect(try await office.walk(first.link).items.map { $0["@removed"] == nil } == [true])
            office.sandbox.quirks.forgetsReturningMessages = true
            let second = try await office.walk(first.link)
            #expect(second.items.map { $0["@removed"] } == [["reason": "deleted"]])
            #expect(try await office.walk(second.link).items.isEmpty)
        }
    }

    @Test func `empty pages and repeated messages come where they are wanted, and nothing is lost`() async throws {
        try await Office.open { office in
            try office.receive(1...6)
            office.sandbox.quirks.emptyPageEvery = 1
            office.sandbox.quirks.repeatsEvery = 3
            var sizes: [Int] = []
            var ids: [String] = []
            var next: String? = inbox
            while let path = next {
                let answer = try await office.caller.get(path, prefer: page)
                let items = answer.json["value"]?.array ?? []
                sizes.append(items.count)
                ids += items.compactMap { $0["id"]?.string }
                next = answer.json["@odata.nextLink"]?.string
            }
            #expect(sizes == [2, 0, 2, 0, 2, 0, 2])
            #expect(ids.count == 8)
            #expect(Set(ids).count == 6)
        }
    }

    @Test func `only so many rounds are remembered as the test wants`() async throws {
        try await Office.open { office in
            office.sandbox.quirks.remembersRounds = 2
            let first = try await office.walk(inbox)
            let second = try await office.walk(first.link)
            let third = try await office.walk(second.link)
            #expect(try await office.caller.get(first.link).status == 410)
            #expect(try await office.caller.get(second.link).status == 200)
            // That began a round itself, with which the second one is forgotten and the third is not.
            #expect(try await office.caller.get(second.link).status == 410)
            #expect(try await office.caller.get(third.link).status == 200)
        }
    }

    @Test func `a delta from a time on gives what was received since`() async throws {
        try await Office.open { office in
            try office.receive(1...5)
            let since = Office.morning.addingTimeInterval(4).formatted(.iso8601)
            let round = try await office.walk("\(inbox)?$filter=receivedDateTime ge \(since)&$select=subject")
            #expect(Set(round.items.compactMap { $0["subject"]?.string }) == ["Letter 4", "Letter 5"])
            #expect(try await office.caller.get("\(inbox)?$filter=isRead eq false").status == 400)
        }
    }
}
