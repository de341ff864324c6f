import CRM
import Mail
import Mirror
import Sandbox
import Testing

@testable import MicrosoftProvider
@testable import SyncEngine

/// The mirror of a mailbox in the sandbox, as the engine keeps it.
@Suite struct MirrorTests {
    @Test func `mail of contacts stands on their cards, with its text, and nothing else is kept`() async throws {
        try await GraphBench.open { bench in
            let carl = try await bench.addContact("carl@client.example")
            try bench.deliver("in@x")
            try bench.deliver("out@x", from: "ann@acme.example", to: ["carl@client.example"], in: .sent)
            try bench.deliver("other@x", from: "news@elsewhere.example")
            try bench.deliver("draft@x", from: "ann@acme.example", to: ["carl@client.example"], in: .drafts)
            for (index, role) in [MailboxFolder.Role.junk, .deleted, .outbox, .conversationHistory, .syncIssues]
                .enumerated()
            {
                try bench.deliver("not\(index)@x", in: role)
            }
            try await bench.settle()
            #expect(try await bench.card(carl) == ["in@x", "out@x"])
            #expect(try await bench.text(ofMessageWithID: "in@x") == "Text of in@x")
            let accounting = try await bench.accounting()
            #expect(accounting == Accounting(listed: 3, mirrored: 2, noContact: 1))
        }
    }

    @Test
    func `a message that is moved stays on the card, one that is deleted goes, and comes back when it is restored`()
        async throws
    {
        try await GraphBench.open { bench in
            let carl = try await bench.addContact("carl@client.example")
            let id = try bench.deliver("m@x")
            let folder = try bench.mailbox { mailbox, _ in mailbox.createFolder("Projects") }
            try await bench.settle()
            try bench.mailbox { try $0.move(id, to: folder, at: $1) }
            let first = try await bench.pass()
            #expect(try await bench.card(carl) == ["m@x"])
            #expect(first.removed == 0)
            try await bench.settle()
            #expect(try await bench.card(carl) == ["m@x"])
            try bench.mailbox { try $0.delete(id, at: $1) }
            try await bench.settle()
            #expect(try await bench.card(carl) == [])
            try bench.mailbox { try $0.restore(id, at: $1) }
            try await bench.settle()
            #expect(try await bench.card(carl) == ["m@x"])
            try bench.mailbox { try $0.permanentlyDelete(id, at: $1) }
            try await bench.settle()
            #expect(try await bench.card(carl) == [])
            #expect(try await bench.accounting().addsUp)
        }
    }

    @Test func `an address that is added to a contact brings its mail`() async throws {
        try await GraphBench.open { bench in
            try bench.deliver("old@x")
            for number in 0..<40 { try bench.deliver("other\(number)@x", from: "news@elsewhere.example") }
            try await bench.settle()
            // Long enough ago that only the search finds it.
            bench.advance(by: 86_400)
            let carl = try await bench.addContact("carl@client.example")
            try await bench.settle()
            #expect(try await bench.card(carl) == ["old@x"])
            let accounting = try await bench.accounting()
            #expect(accounting == Accounting(listed: 41, mirrored: 1, noContact: 40))
        }
    }

    @Test func `a check of the mirror finds nothing to put right, and puts right what is wrong`() async throws {
        try await GraphBench.open { bench in
            let carl = try await bench.addContact("carl@client.example")
            for number in 0..<130 {
                try bench.deliver("m\(number)@x", from: number % 2 == 0 ? "carl@client.example" : "n@e.example")
            }
            try await bench.settle()
            var check = try await bench.verify()
            #expect((check.read, check.missing, check.extra) == (130, 0, 0))
            let organization = bench.organization
            try await bench.database.write { tx in
                try tx.execute(
                    "DELETE FROM locations WHERE organization_id = $1 AND message_id IN (SELECT id FROM messages WHERE message_id = 'm4@x')",
                    [.integer(organization.rawValue)])
            }
            check = try await bench.verify()
            #expect(check.missing == 1)
            try await bench.settle()
            #expect(try await bench.card(carl).count == 65)
            #expect(try await bench.accounting().addsUp)
        }
    }
}
