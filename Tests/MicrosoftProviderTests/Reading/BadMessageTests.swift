import CRM
import Mirror
import Sandbox
import Testing

@testable import MicrosoftProvider
@testable import SyncEngine

/// Messages that the service cannot show.
@Suite struct BadMessageTests {
    @Test func `a message that makes every page with it fail is set aside alone, and is read when it can be`()
        async throws
    {
        try await GraphBench.open(poison: ["About bad@x"]) { bench in
            let carl = try await bench.addContact("carl@client.example")
            for number in 0..<30 {
                try bench.deliver(number == 17 ? "bad@x" : "m\(number)@x")
                bench.advance(by: 1)
            }
            try await bench.settle()
            #expect(try await bench.card(carl).count == 29)
            let accounting = try await bench.accounting()
            #expect(accounting == Accounting(listed: 30, mirrored: 29, setAside: 1))
            // Afterwards mail comes and goes as ever.
            let last = try bench.deliver("late@x")
            try await bench.settle()
            #expect(try await bench.card(carl).contains("late@x"))
            try bench.mailbox { try $0.delete(last, at: $1) }
            try await bench.settle()
            #expect(try await bench.card(carl).count == 29)
            #expect(try await bench.accounting().addsUp)
            bench.poison.heal()
            bench.advance(by: 7200)
            try await bench.settle()
            #expect(try await bench.card(carl).contains("bad@x"))
            #expect(try await bench.accounting() == Accounting(listed: 30, mirrored: 30))
        }
    }

    @Test func `a bad message that arrives later holds up nothing`() async throws {
        try await GraphBench.open(poison: ["About bad@x"]) { bench in
            let carl = try await bench.addContact("carl@client.example")
            for number in 0..<10 { try bench.deliver("m\(number)@x") }
            try await bench.settle()
            try bench.deliver("bad@x")
            try bench.deliver("after@x")
            for _ in 0..<3 { try await bench.settle() }
            #expect(try await bench.card(carl).count == 11)
            #expect(try await bench.accounting() == Accounting(listed: 12, mirrored: 11, setAside: 1))
        }
    }

    @Test func `a text that cannot be had is told, and the others come`() async throws {
        try await GraphBench.open(poison: ["Poisoned words"]) { bench in
            try await bench.addContact("carl@client.example")
            try bench.deliver("good@x")
            try bench.deliver("bad@x", text: "Poisoned words")
            try await bench.settle()
            #expect(try await bench.text(ofMessageWithID: "good@x") == "Text of good@x")
            #expect(try await bench.text(ofMessageWithID: "bad@x") == nil)
            #expect(try await bench.accounting().addsUp)
        }
    }
}
