import FakeMailbox
import Mirror
import Store
import Testing

@testable import SyncEngine

/// Contacts change at any moment, also in the middle of a reading. The sums are right after it.
@Suite struct ChangedContactTests {
    @Test(arguments: [false, true])
    func `the sums add up after a contact went while the mailbox was read`(isCheck: Bool) async throws {
        let bench = try await MirrorBench(pageSize: 3)
        let carol = try await bench.addContact("carol@client.example")
        try await bench.addContact("dave@client.example")
        for number in 0..<20 {
            let sender = ["carol@client.example", "dave@client.example", "eve@elsewhere.example"][number % 3]
            bench.mailbox.deliver(message("\(number)@x", from: sender), to: "INBOX")
        }
        if isCheck { try await bench.settle() }
        let pages = SharedCount()
        bench.mailbox.betweenPages {
            // In the middle: messages of the contact lie on both sides.
            if pages.add(1) == 3 { try await bench.deleteContact(carol) }
        }
        if isCheck { _ = try await bench.verify() } else { try await bench.settle() }
        bench.mailbox.betweenPages(nil)
        try await bench.settle()
        #expect(pages.add(0) >= 3)
        #expect(try await bench.accounting() == Accounting(listed: 20, mirrored: 7, noContact: 13))
    }
}
