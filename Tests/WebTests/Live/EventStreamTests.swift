import CRM
import Hummingbird
import Store
import Synchronization
import Testing

@testable import Web

@Suite struct EventStreamTests {
    @Test func `a change of the contact is told, with a mark to go on from`() async throws {
        let bench = try await WebBench()
        let alice = try await bench.contact("Alice Marsh")
        try await bench.listen(as: "tom.ashworth", .contact(alice)) { (events) async throws in
            try await events.begin()
            try await bench.rename(alice)
            let event = try await events.next()
            let last = try await bench.read { tx, _ in try Changes.last(tx) }
            let mark = try #require(event.wholeMatch(of: /id: ([^\n]+)\nevent: changed\ndata: \n\n/)?.output.1)
            #expect(bench.front.services.marks.number(String(mark)) == last)
        }
    }

    @Test func `changes of other contacts, and in mailboxes that the viewer may not read, leave no trace`()
        async throws
    {
        let bench = try await WebBench()
        let (alice, robert) = (try await bench.contact("Alice Marsh"), try await bench.contact("Robert Chen"))
        let hidden = try await bench.addMailbox(of: "camille.fournier")
        try await bench.listen(as: "tom.ashworth", .contact(alice)) { (events) async throws in
            try await events.begin()
            try await bench.rename(robert)
            try await bench.mailArrived(alice, in: hidden)
            // Time for whatever would be told of it, be it only a comment.
            try await Task.sleep(for: .milliseconds(300))
            try await bench.rename(alice)
            #expect(try await events.next().contains("event: changed"))
            #expect(events.told == 1)
        }
    }

    @Test func `who comes back hears of mail in the mailboxes that they may read, and of no other`() async throws {
        let bench = try await WebBench()
        let alice = try await bench.contact("Alice Marsh")
        let mailbox = try await bench.addMailbox(of: "camille.fournier")
        let since = try await bench.read { tx, _ in try Changes.last(tx) }
        try await bench.mailArrived(alice, in: mailbox)
        for topic in [LiveTopic.contact(alice), .mailbox(mailbox)] {
            try await bench.listen(as: "tom.ashworth", topic, since: since) { (events) async throws in
                #expect(try await events.next() == ": \n\n")
            }
            // The superior.
            try await bench.listen(as: "marc.delacroix", topic, since: since) { (events) async throws in
                #expect(try await events.next().contains("event: changed"))
            }
        }
    }

    @Test(arguments: ["9223372036854775807", "-9223372036854775808", "0", "", "x"])
    func `who sends what is no mark fetches the page`(text: String) async throws {
        let bench = try await WebBench()
        try await bench.listen(as: "tom.ashworth", .lists, mark: text) { (events) async throws in
            #expect(try await events.next().contains("event: changed"))
        }
    }

    @Test func `a page does not tell how much happens elsewhere`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            var marks: Set<String> = []
            for _ in 0..<2 {
                let page = try await browser.get("/contacts").text
                let mark = try #require(page.firstMatch(of: /data-live-address="[^"]*since=([^"]*)"/)?.output.1)
                #expect(Int64(mark) == nil)
                marks.insert(String(mark))
            }
            // Nothing happened, and even that cannot be seen.
            #expect(marks.count == 2)
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

    @Test(arguments: ["contact-12", "account-3", "mailbox-4", "lists", "tasks"])
    func `a topic is read back as it was written`(text: String) {
        #expect(LiveTopic(text)?.description == text)
    }

    @Test(arguments: ["", "contact", "contact-", "contact-x", "lists-1", "tasks-1", "user-1", "contact-0"])
    func `what is no topic is none`(text: String) { #expect(LiveTopic(text) == nil) }
}

extension WebBench {
    /// As a reading of the mailbox would tell it.
    fileprivate func mailArrived(_ contact: ContactID, in mailbox: MailboxID) async throws {
        try await write { tx, organization in
            try Changes.append(tx, Change(organization: organization, contact: contact, mailbox: mailbox), now: 1)
        }
    }
}
