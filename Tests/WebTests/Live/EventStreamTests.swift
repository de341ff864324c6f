import CRM
import Hummingbird
import Store
import Synchronization
import Testing

@testable import Web

@Suite struct EventStreamTests {
    @Test func `a change of the contact is told, with the number of the change`() async throws {
        let bench = try await WebBench()
        let alice = try await bench.contact("Alice Marsh")
        try await bench.listen(as: "tom.ashworth", .contact(alice)) { (events) async throws in
            try await events.begin()
            try await bench.rename(alice)
            let event = try await events.next()
            let last = try await bench.read { tx, _ in try Changes.last(tx) }
            #expect(event == "id: \(last)\nevent: changed\ndata: \n\n")
        }
    }

    @Test func `changes of other contacts, and in mailboxes that the viewer may not read, are not told`() async throws {
        let bench = try await WebBench()
        let (alice, robert) = (try await bench.contact("Alice Marsh"), try await bench.contact("Robert Chen"))
        try await bench.listen(as: "tom.ashworth", .contact(alice)) { (events) async throws in
            try await events.begin()
            try await bench.rename(robert)
            let hidden = Change(organization: bench.organization, contact: alice, mailbox: 77)
            await bench.feed.publish(hidden)
            // What was looked at and not told leaves a comment only.
            #expect(try await events.next() == ": \n\n")
            try await bench.rename(alice)
            #expect(try await events.next().contains("event: changed"))
            #expect(events.told == 1)
        }
    }

    @Test func `what changed before the stream began is told at once, and nothing else`() async throws {
        let bench = try await WebBench()
        let (alice, robert) = (try await bench.contact("Alice Marsh"), try await bench.contact("Robert Chen"))
        let since = try await bench.read { tx, _ in try Changes.last(tx) }
        try await bench.rename(robert)
        try await bench.listen(as: "tom.ashworth", .contact(robert), since: since) { (events) async throws in
            #expect(try await events.next().contains("event: changed"))
        }
        try await bench.listen(as: "tom.ashworth", .contact(alice), since: since) { (events) async throws in
            #expect(try await events.next() == ": \n\n")
        }
    }

    @Test func `who comes back after the changes were pruned fetches the page`() async throws {
        let bench = try await WebBench()
        let (alice, robert) = (try await bench.contact("Alice Marsh"), try await bench.contact("Robert Chen"))
        let since = try await bench.read { tx, _ in try Changes.last(tx) }
        for _ in 0..<3 { try await bench.rename(robert) }
        try await bench.write { tx, _ in try Changes.prune(tx, now: 1_800_000_000) }
        try await bench.listen(as: "tom.ashworth", .contact(alice), since: since) { (events) async throws in
            #expect(try await events.next().contains("event: changed"))
        }
    }

    @Test func `a session that ends stops its stream`() async throws {
        let bench = try await WebBench()
        let alice = try await bench.contact("Alice Marsh")
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await bench.listen(with: browser, .contact(alice)) { (events) async throws in
                try await events.begin()
                try await browser.get("/contacts")
                try await browser.post("/sign-out")
                #expect(try await events.next() == "event: ended\ndata: \n\n")
                #expect(await events.isOver())
            }
        }
    }

    @Test func `someone who leaves the company is out of open pages at once`() async throws {
        let bench = try await WebBench()
        let alice = try await bench.contact("Alice Marsh")
        let tom = try await bench.user("tom.ashworth").id
        try await bench.listen(as: "tom.ashworth", .contact(alice)) { (events) async throws in
            try await events.begin()
            try await bench.write { try Users.setActive($0, $1, tom, false, now: 1) }
            #expect(try await events.next() == "event: ended\ndata: \n\n")
        }
    }

    @Test func `a page hears from time to time that it is still connected`() async throws {
        let bench = try await WebBench(heartbeat: .milliseconds(5))
        try await bench.listen(as: "tom.ashworth", .lists) { (events) async throws in
            try await events.begin()
            for _ in 0..<3 { #expect(try await events.next() == ": \n\n") }
        }
    }

    @Test func `who is not signed in is told not to come back`() async throws {
        let bench = try await WebBench()
        try await bench.browse { (browser) async throws in
            #expect(try await browser.send(.get, "/events?topic=lists&since=0").status == .noContent)
        }
    }

    @Test func `mail that comes and goes does not concern the lists`() {
        #expect(!LiveTopic.lists.concerns(Change(organization: 1, contact: 2, account: 3, mailbox: 4)))
        #expect(LiveTopic.lists.concerns(Change(organization: 1, contact: 2)))
        #expect(LiveTopic.account(3).concerns(Change(organization: 1, contact: 2, account: 3, mailbox: 4)))
        #expect(LiveTopic.mailbox(9).concerns(.anything(in: 1)))
    }

    @Test(arguments: ["contact-12", "account-3", "mailbox-4", "lists"])
    func `a topic is read back as it was written`(text: String) {
        #expect(LiveTopic(text)?.description == text)
    }

    @Test(arguments: ["", "contact", "contact-", "contact-x", "lists-1", "user-1", "contact-0"])
    func `what is no topic is none`(text: String) { #expect(LiveTopic(text) == nil) }
}
