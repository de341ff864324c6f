import Testing

@testable import Web

extension PageTour {
    /// An email that does not say the same in each mailbox.
    static func differingCopies(_ bench: WebBench) async throws {
        let mailbox = try await bench.addMailbox(of: "priya.raman")
        let letters = [("One", 1_000), ("Two", 1_001)].map { text, size in
            PlantedLetter(
                id: "copies", from: "a.marsh@brightwell.example", to: ["p@x.example"], subject: "S", text: text,
                size: size)
        }
        try await bench.plant(letters, in: mailbox)
        let id = try await bench.read { tx, _ in
            try tx.integer("SELECT min(id) FROM messages WHERE message_id = 'copies'")
        }
        try await bench.browse(as: "priya.raman") { try await $0.get("/messages/\(id)") }
    }
}
