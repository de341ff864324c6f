import CRM
import Foundation
import Mirror
import Sandbox
import Testing

@testable import MicrosoftProvider
@testable import SyncEngine

/// What a first sync of a large mailbox costs.
@Suite struct FirstSyncTests {
    @Test func `a first sync of 6,000 messages of which 5 % match costs some forty requests`() async throws {
        try await GraphBench.open { bench in
            let carl = try await bench.addContact("carl@client.example")
            let letters = (0..<6000).map { number in
                bench.letter(
                    "m\(number)@x", from: number % 20 == 0 ? "carl@client.example" : "news\(number)@elsewhere.example")
            }
            try bench.mailbox { mailbox, now in
                let inbox = mailbox.folder(.inbox).id
                for (number, letter) in letters.enumerated() {
                    mailbox.deliver(letter, to: inbox, at: now.addingTimeInterval(Double(number - 6000)))
                }
            }
            bench.asking.forget()
            bench.sandbox.calls.clear()
            try await bench.settle()
            #expect(try await bench.card(carl).count == 300)
            #expect(try await bench.accounting() == Accounting(listed: 6000, mirrored: 300, noContact: 5700))
            let requests = bench.asking.graphRequests.count
            let calls =
                bench.sandbox.calls.calls.count - bench.sandbox.calls.calls.filter { $0.path.hasSuffix("$batch") }.count
            print(
                "first sync: \(requests) requests, \(calls) calls, \(bench.sandbox.calls.sentOctets / 1024) KB of answers"
            )
            // 13 pages of headers, 15 batches of 20 texts, and some for folders and the search for the contact.
            #expect(requests < 60)
            #expect(calls < 400)
        }
    }
}
