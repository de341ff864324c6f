import CRM
import Foundation
import Mail
import Mirror
import OAuth
import Sandbox
import Store
import Testing

@testable import MicrosoftProvider
@testable import SyncEngine

/// Each rule of reading folders by their delta.
@Suite struct DeltaRuleTests {
    private func requests(_ bench: GraphBench) -> [String] {
        bench.asking.graphRequests.map { request in
            String(request.url[request.url.range(of: "/v1.0/")!.upperBound...].prefix { $0 != "?" })
        }
    }

    /// The tokens by which the inbox was asked for changes.
    private func deltaTokens(_ bench: GraphBench) -> [String] {
        let asked = bench.asking.graphRequests.map(\.url).filter { $0.contains("messages/delta") }
        let folder = asked.last?.split(separator: "/").dropLast(2).last ?? ""
        return asked.filter { $0.contains(folder) }.compactMap { url in
            url.range(of: "deltatoken=").map { String(url[$0.upperBound...].prefix { $0 != "&" }) }
        }
    }

    @Test func `a quiet round costs one request, and one more for each folder that changed`() async throws {
        try await GraphBench.open { bench in
            try await bench.addContact("carl@client.example")
            for number in 0..<12 {
                _ = try bench.mailbox { mailbox, _ in mailbox.createFolder("Folder \(number)") }
                try bench.deliver("m\(number)@x")
            }
            try await bench.settle()
            // What the search for the new contact found is asked after once.
            try bench.deliver("another@x")
            try await bench.settle()
            bench.asking.forget()
            try await bench.pass()
            #expect(requests(bench) == ["me/mailFolders/delta"])
            bench.asking.forget()
            try bench.deliver("new@x")
            try bench.deliver("sent@x", from: "ann@acme.example", to: ["carl@client.example"], in: .sent)
            try await bench.pass()
            #expect(requests(bench).count == 3)
            #expect(requests(bench).filter { $0.hasSuffix("messages/delta") }.count == 2)
            bench.asking.forget()
            // Counts are believed for five minutes.
            bench.advance(by: 301)
            try await bench.pass()
            #expect(requests(bench).filter { $0.hasSuffix("messages/delta") }.count == 15)
        }
    }

    @Test func `a change that leaves the counts as they were is found when they are not believed any more`()
        async throws
    {
        try await GraphBench.open { bench in
            let carl = try await bench.addContact("carl@client.example")
            let old = try bench.deliver("old@x")
            try await bench.settle()
            try bench.mailbox { try $0.delete(old, at: $1) }
            try bench.deliver("new@x")
            try await bench.settle()
            bench.advance(by: 301)
            try await bench.settle()
            #expect(try await bench.card(carl) == ["new@x"])
        }
    }

    @Test func `only headers are asked for until a message has matched`() async throws {
        try await GraphBench.open { bench in
            for number in 0..<5 { try bench.deliver("m\(number)@x") }
            try await bench.settle()
            let asked = bench.asking.graphRequests.map(\.url)
            #expect(asked.filter { $0.contains("messages/delta?$select") }.allSatisfy { !$0.contains("body") })
            #expect(bench.sandbox.calls.calls.allSatisfy { !$0.query.contains("body") })
        }
    }

    @Test func `a place in the history is never gone back to once a newer one is kept`() async throws {
        try await GraphBench.open { bench in
            try await bench.addContact("carl@client.example")
            for number in 0..<6 {
                try bench.deliver("m\(number)@x")
                try await bench.settle()
            }
            let tokens = deltaTokens(bench)
            var used: [String] = []
            for token in tokens where used.last != token {
                #expect(!used.contains(token))
                used.append(token)
            }
            #expect(used.count >= 5)
        }
    }

    @Test(arguments: [0, 1, 2])
    func `a history that Graph has forgotten, at whatever page, loses and doubles nothing`(page: Int) async throws {
        try await GraphBench.open { bench in
            let carl = try await bench.addContact("carl@client.example")
            for number in 0..<1300 {
                try bench.deliver("m\(number)@x", from: number % 100 == 0 ? "carl@client.example" : "n@e.example")
            }
            if page == 0 { try await bench.settle() }
            let texts = bench.sandbox.calls.calls.filter { $0.query.contains("body") }.count
            bench.sandbox.faults.add(
                Fault(.expireDeltaTokens, path: "messages/delta", skipping: page == 0 ? 0 : page + 7))
            if page == 0 {
                bench.sandbox.expireDeltaTokens()
                try bench.deliver("late@x")
            }
            for _ in 0..<3 { do { try await bench.settle() } catch is SourceError {} }
            #expect(try await bench.card(carl).count == (page == 0 ? 14 : 13))
            if page == 0 {
                let after = bench.sandbox.calls.calls.filter { $0.query.contains("body") }.count
                #expect(after - texts == 1, "no text was fetched a second time")
            }
            #expect(try await bench.accounting().addsUp)
        }
    }

    @Test func `a checkpoint of another kind is refused, and the folder read from the start`() async throws {
        try await GraphBench.open { bench in
            let folders = try await bench.source.folders()
            let inbox = try #require(folders.first { $0.role == .inbox })
            for bytes in [Array("{}".utf8), [0, 1, 2], Array(#"{"l":"","s":true}"#.utf8)] {
                let outcome = try await bench.source.changes(
                    in: inbox, since: Checkpoint(bytes: bytes), mirrored: { [] }, page: { _ in })
                #expect(outcome == .checkpointUnusable(.malformed))
            }
        }
    }

    // MARK: Removal is a hint

    @Test func `a message that went away and came back between two looks stays, and its end is seen later`()
        async throws
    {
        try await GraphBench.open { bench in
            var quirks = bench.sandbox.quirks
            quirks.forgetsReturningMessages = true
            bench.sandbox.quirks = quirks
            let carl = try await bench.addContact("carl@client.example")
            let id = try bench.deliver("m@x")
            let other = try bench.mailbox { mailbox, _ in mailbox.createFolder("Projects") }
            try await bench.settle()
            try bench.mailbox { mailbox, now in
                try mailbox.move(id, to: other, at: now)
                try mailbox.move(id, to: mailbox.folder(.inbox).id, at: now)
            }
            try bench.deliver("wake@x", from: "n@e.example")
            for _ in 0..<3 {
                try await bench.pass()
                #expect(try await bench.card(carl) == ["m@x"])
            }
            try bench.mailbox { try $0.delete(id, at: $1) }
            try await bench.settle()
            #expect(try await bench.card(carl) == [])
            #expect(try await bench.accounting().addsUp)
        }
    }

    @Test func `a message that is new, went away and came back before it was ever read is found`() async throws {
        try await GraphBench.open { bench in
            var quirks = bench.sandbox.quirks
            quirks.forgetsReturningMessages = true
            bench.sandbox.quirks = quirks
            let carl = try await bench.addContact("carl@client.example")
            let other = try bench.mailbox { mailbox, _ in mailbox.createFolder("Projects") }
            try await bench.settle()
            let id = try bench.deliver("m@x")
            try bench.mailbox { mailbox, now in
                try mailbox.move(id, to: other, at: now)
                try mailbox.move(id, to: mailbox.folder(.inbox).id, at: now)
            }
            try await bench.settle()
            #expect(try await bench.card(carl) == ["m@x"])
            #expect(try await bench.accounting().addsUp)
        }
    }

    @Test func `a message that moves while the folders are read is missing from no card`() async throws {
        try await GraphBench.open { bench in
            let carl = try await bench.addContact("carl@client.example")
            let id = try bench.deliver("m@x")
            let other = try bench.mailbox { mailbox, _ in mailbox.createFolder("A folder before") }
            try await bench.settle()
            for round in 0..<6 {
                try bench.mailbox { mailbox, now in
                    try mailbox.move(id, to: round % 2 == 0 ? other : mailbox.folder(.inbox).id, at: now)
                }
                try await bench.pass()
                #expect(try await bench.card(carl) == ["m@x"])
            }
            try await bench.settle()
            #expect(try await bench.card(carl) == ["m@x"])
        }
    }

    @Test func `a message that cannot be asked after is not taken for gone`() async throws {
        try await GraphBench.open { bench in
            let carl = try await bench.addContact("carl@client.example")
            let id = try bench.deliver("m@x")
            try bench.deliver("n@x")
            try await bench.settle()
            try bench.mailbox { try $0.delete(id, at: $1) }
            bench.sandbox.faults.add(Fault(.fail(status: 500, code: "X"), path: "me/messages/", times: nil))
            try await bench.pass()
            #expect(try await bench.card(carl) == ["m@x", "n@x"])
            bench.sandbox.faults.clear()
            bench.advance(by: 301)
            try await bench.settle()
            #expect(try await bench.card(carl) == ["n@x"])
            bench.advance(by: 301)
            try await bench.settle()
            #expect(try await bench.accounting() == Accounting(listed: 1, mirrored: 1))
        }
    }

    @Test func `what a search found and then left before its folder was read again goes from the card`() async throws {
        try await GraphBench.open { bench in
            try bench.deliver("m@x")
            let other = try bench.mailbox { mailbox, _ in mailbox.createFolder("Projects") }
            try await bench.settle()
            let id = try bench.mailbox { mailbox, _ in try mailbox.message(withMessageID: "<m@x>").id }
            try bench.mailbox { try $0.move(id, to: other, at: $1) }
            let carl = try await bench.addContact("carl@client.example")
            try await AddressSearch(context: bench.context, textsWanted: {}).backfill()
            #expect(try await bench.card(carl) == ["m@x"])
            try bench.mailbox { try $0.permanentlyDelete(id, at: $1) }
            bench.advance(by: 301)
            for _ in 0..<4 { try await bench.settle() }
            #expect(try await bench.card(carl) == [])
            #expect(try await bench.accounting().addsUp)
        }
    }

    @Test func `very many deletions at once are compared with a listing`() async throws {
        try await GraphBench.open { bench in
            let carl = try await bench.addContact("carl@client.example")
            var ids: [MailboxMessage.ID] = []
            for number in 0..<60 { ids.append(try bench.deliver("m\(number)@x")) }
            try await bench.settle()
            bench.asking.forget()
            for id in ids.prefix(45) { try bench.mailbox { try $0.delete(id, at: $1) } }
            try await bench.settle()
            #expect(bench.asking.graphRequests.contains { $0.url.contains("$count=true") })
            #expect(try await bench.card(carl).count == 15)
        }
    }

    // MARK: Folders

    @Test func `folders are known by what they are for, and what lies under the trash is trash`() async throws {
        try await GraphBench.open { bench in
            let folder = try bench.mailbox { mailbox, _ in
                let folder = mailbox.createFolder("Projects")
                mailbox.createFolder("Inner", in: folder)
                return folder
            }
            let roles = { (folders: [RemoteFolder]) in
                Dictionary(uniqueKeysWithValues: folders.map { ($0.path, $0.role) })
            }
            let before = roles(try await bench.source.folders())
            #expect(before["Inbox"] == .inbox)
            #expect(before["Projects/Inner"] == .other)
            #expect(Set(before.values).isSuperset(of: [.sent, .drafts, .trash, .junk, .archive, .service]))
            try bench.mailbox { mailbox, _ in try mailbox.deleteFolder(folder) }
            let after = roles(try await bench.source.folders())
            #expect(
                after.filter { $0.key.hasSuffix("Projects") || $0.key.hasSuffix("Inner") }.values.allSatisfy {
                    $0 == .trash
                })
        }
    }

    @Test func `a folder that is deleted takes its mail along, and brings it back`() async throws {
        try await GraphBench.open { bench in
            let carl = try await bench.addContact("carl@client.example")
            let folder = try bench.mailbox { mailbox, _ in mailbox.createFolder("Projects") }
            let letter = bench.letter("m@x")
            try bench.mailbox { mailbox, now in _ = mailbox.deliver(letter, to: folder, at: now) }
            try await bench.settle()
            #expect(try await bench.card(carl) == ["m@x"])
            try bench.mailbox { mailbox, _ in try mailbox.deleteFolder(folder) }
            try await bench.settle()
            #expect(try await bench.card(carl) == [])
            try bench.mailbox { mailbox, _ in try mailbox.restoreFolder(folder) }
            try await bench.settle()
            #expect(try await bench.card(carl) == ["m@x"])
            try bench.mailbox { mailbox, now in try mailbox.permanentlyDeleteFolder(folder, at: now) }
            try await bench.settle()
            bench.advance(by: 301)
            try await bench.settle()
            #expect(try await bench.card(carl) == [])
        }
    }

    @Test func `a folder that Graph does not open keeps its mail, and the others are read`() async throws {
        try await GraphBench.open { bench in
            let carl = try await bench.addContact("carl@client.example")
            let folder = try bench.mailbox { mailbox, _ in mailbox.createFolder("Projects") }
            let letter = bench.letter("m@x")
            try bench.mailbox { mailbox, now in _ = mailbox.deliver(letter, to: folder, at: now) }
            try await bench.settle()
            let remote = try #require(try await bench.source.folders().first { $0.name == "Projects" })
            bench.sandbox.faults.add(Fault(.fail(status: 403, code: "ErrorAccessDenied"), path: remote.id, times: nil))
            bench.advance(by: 301)
            try bench.deliver("new@x")
            try await bench.settle()
            #expect(try await bench.card(carl) == ["m@x", "new@x"])
            bench.sandbox.faults.clear()
            try await bench.settle()
            #expect(try await bench.accounting().addsUp)
        }
    }

    @Test func `where every folder is refused, the person is asked to sign in, and nothing goes`() async throws {
        try await GraphBench.open { bench in
            let carl = try await bench.addContact("carl@client.example")
            try bench.deliver("m@x")
            try await bench.settle()
            bench.advance(by: 301)
            bench.sandbox.faults.add(Fault(.fail(status: 403, code: "ErrorAccessDenied"), path: "messages", times: nil))
            let error = await #expect(throws: SourceError.self) { try await bench.pass() }
            guard case .signInNeeded(.provider) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try await bench.card(carl) == ["m@x"])
        }
    }

    @Test func `a listing is complete or a failure`() async throws {
        try await GraphBench.open { bench in
            for number in 0..<1100 { try bench.deliver("m\(number)@x") }
            let inbox = try #require(try await bench.source.folders().first { $0.role == .inbox })
            #expect(try await bench.source.listing(of: inbox).count == 1100)
            let missing = RemoteFolder(id: inbox.id + "x", path: "", name: "X", role: .other, epoch: FolderEpoch(""))
            await #expect(throws: SourceError.self) { try await bench.source.listing(of: missing) }
            let folder = try bench.mailbox { mailbox, _ in mailbox.createFolder("Gone") }
            let gone = try #require(try await bench.source.folders().first { $0.name == "Gone" })
            try bench.mailbox { try $0.permanentlyDeleteFolder(folder, at: $1) }
            let error = await #expect(throws: SourceError.self) { try await bench.source.listing(of: gone) }
            #expect(error?.sentence.english == "The folder Gone is gone.")
        }
    }
}
