import CRM
import Foundation
import Mail
import Mirror
import OAuth
import Sandbox
import ScriptedExchange
import Testing

@testable import MicrosoftProvider
@testable import SyncEngine

@Suite struct FindingTests {
    @Test func `addresses become one search, and what cannot be put into words is none`() throws {
        let plain = [try #require(EmailAddress("ann@acme.example")), try #require(EmailAddress("b.c@d.example"))]
        #expect(SearchTerms.participants(plain) == "\"participants:ann@acme.example OR participants:b.c@d.example\"")
        #expect(SearchTerms.participants([try #require(EmailAddress("\"a b\"@c.example"))]) == nil)
    }

    @Test func `mail that is too new for the index is found all the same`() async throws {
        try await GraphBench.open { bench in
            try bench.deliver("new@x")
            try await bench.settle()
            let carl = try await bench.addContact("carl@client.example")
            bench.asking.forget()
            try await bench.settle()
            #expect(try await bench.card(carl) == ["new@x"])
            let asked = bench.asking.graphRequests.map(\.url)
            #expect(asked.contains { $0.contains("$search=%22participants:carl@client.example%22") })
            #expect(asked.contains { $0.contains("$filter=receivedDateTime%20ge%202026-11-28T07:00:00Z") })
        }
    }

    @Test func `a search that tells no more than a thousand is not believed, and the folder is read anew`() async throws
    {
        try await GraphBench.open { bench in
            for number in 0..<1010 {
                try bench.deliver("m\(number)@x")
                if number % 100 == 0 { bench.advance(by: 60) }
            }
            try await bench.settle()
            bench.advance(by: 86_400)
            let carl = try await bench.addContact("carl@client.example")
            try await bench.settle()
            try await bench.settle()
            #expect(try await bench.card(carl).count == 1010)
            #expect(try await bench.accounting().addsUp)
        }
    }

    @Test func `a search that is refused makes the folder be read anew`() async throws {
        try await GraphBench.open { bench in
            try bench.deliver("old@x")
            try await bench.settle()
            bench.advance(by: 86_400)
            // A letter in quotes is beyond the search.
            let odd = bench.letter("odd@x", from: "\"o d d\"@client.example")
            try bench.mailbox { mailbox, now in _ = mailbox.deliver(odd, to: mailbox.folder(.inbox).id, at: now) }
            try await bench.settle()
            let contact = try await bench.addContact("\"o d d\"@client.example")
            try await bench.settle()
            try await bench.settle()
            #expect(try await bench.card(contact) == ["odd@x"])
        }
    }

    @Test func `a message is located wherever it stands, by its Message-ID or by words of its subject`() async throws {
        try await GraphBench.open { bench in
            try bench.deliver("it's@x", in: .junk)
            try bench.deliver("n@x")
            let byID = try await bench.source.locate(.messageID("it's@x"))
            #expect(byID.messages.map(\.folder.role) == [.junk])
            let bySubject = try await bench.source.locate(.subject("About n@x", day: GraphBench.start))
            #expect(bySubject.messages.count == 1)
            let byWord = try await bench.source.locate(.subject("About", day: nil))
            #expect(byWord.messages.count == 2)
            let nobody = try await bench.source.locate(.messageID("nobody@x"))
            #expect(nobody == LocatedMessages())
            let otherDay = try await bench.source.locate(.subject("About n@x", day: GraphBench.start - 40 * 86_400))
            #expect(otherDay.messages.isEmpty)
        }
    }

    @Test func `waiting ends with a hint at once, and with the time`() async throws {
        try await GraphBench.open { bench in
            let source = bench.source
            let waiting = Task { try await source.waitForChange(limit: .seconds(60)) }
            source.pushed()
            let hinted = try await waiting.value
            #expect(hinted == .changed)
            let waited = try await source.waitForChange(limit: .milliseconds(20))
            #expect(waited == .timeLimitReached)
        }
    }
}
