import CRM
import Store
import Testing

@testable import Web

/// What a filter leaves must not tell about mail that the viewer may not read.
@Suite struct MailFilterTests {
    @Test func `contacts are narrowed by the emails that the viewer may read, and by no others`() async throws {
        let bench = try await WebBench()
        let people = try await bench.read { try Users.list($0, $1) }
        try await bench.write { tx, organization in
            for person in people { try Users.setLevel(tx, organization, person.id, .own, now: 1) }
        }
        let letter = PlantedLetter(
            id: "1@planted", from: "a.marsh@brightwell.example", to: ["x@aldermoor.example"], subject: "Hello")
        try await bench.plant([letter], in: try await bench.addMailbox(of: "ingrid.solheim"))
        for (name, sees) in [("ingrid.solheim", true), ("eleanor.whitfield", false)] {
            try await bench.browse(as: name) { (browser) async throws in
                for (choice, isThere) in [
                    ("some", true), ("30", true), ("90", true), ("none", false), ("quiet-30", false),
                    ("quiet-90", false),
                ] {
                    let list = try await browser.get("/contacts?q=marsh&emails=" + choice)
                    #expect(list.words.contains("Alice Marsh") == (isThere == sees), "\(name) \(choice)")
                    let file = try await browser.post(
                        "/contacts/export", ["format": "vcard", "q": "marsh", "emails": choice])
                    #expect(file.text.contains("Marsh") == (isThere == sees), "\(name) \(choice)")
                }
            }
        }
    }
}
