import CRM
import Database
import Store
import Testing

@testable import Web

/// Messages that are taken for one, since all that identifies them is equal, and that do not say the same. Who sends
/// them chooses all of it.
@Suite struct DifferingCopyTests {
    private let alice = "a.marsh@brightwell.example"

    private func copy(_ text: String, size: Int = 1_000, file: String? = nil) -> PlantedLetter {
        PlantedLetter(
            id: "offer", from: alice, to: ["all@x.example"], subject: "Offer", text: text, file: file, size: size)
    }

    /// Tom, whose superior is Marc, and Marc have a copy each.
    private func planted() async throws -> (WebBench, card: String) {
        let bench = try await WebBench()
        let toms = try await bench.addMailbox(of: "camille.fournier")
        let marcs = try await bench.addMailbox(of: "marc.delacroix")
        try await bench.plant([copy("It costs ninety.")], in: toms)
        try await bench.plant([copy("It costs forty.")], in: marcs)
        return (bench, "/contacts/\(try await bench.contact("Alice Marsh"))")
    }

    private func messages(_ page: TestBrowser.Answer) -> [String] {
        page.links.filter { $0.hasPrefix("/messages/") }
    }

    @Test func `each viewer reads the text of a mailbox that they may read, and is told where another stands`()
        async throws
    {
        let (bench, card) = try await planted()
        try await bench.browse(as: "camille.fournier") { (browser) async throws in
            let link = try #require(messages(try await browser.get(card)).first)
            let message = try await browser.get(link)
            #expect(message.words.contains("It costs ninety.") && !message.words.contains("forty"))
            #expect(!message.words.contains("does not say the same"))
        }
        try await bench.browse(as: "marc.delacroix") { (browser) async throws in
            let list = try await browser.get(card)
            #expect(list.text.components(separatedBy: "<li class=\"email\"").count == 2)
            #expect(list.words.contains("It costs forty.") && !list.words.contains("ninety"))
            // What is opened is what the line showed.
            let own = try await browser.get(try #require(messages(list).first))
            #expect(own.words.contains("It costs forty.") && own.words.contains("does not say the same"))
            #expect(try await openings(bench) == 0)
            let other = try await browser.get(
                try #require(own.links.first { $0.hasPrefix("/messages/") && !own.path.hasPrefix($0) }))
            #expect(other.words.contains("It costs ninety.") && other.words.contains("In Camille Fournier’s mailbox"))
            #expect(other.words.contains("It says something else here: your mailbox"))
            // It is a colleague's mail, though the viewer has one that looks the same.
            #expect(try await openings(bench) == 1)
        }
    }

    private func openings(_ bench: WebBench) async throws -> Int {
        try await bench.read {
            try AuditTrail.list($0, $1, limit: 99).filter { $0.action == .colleagueMailOpened }.count
        }
    }

    @Test func `a search for what one of them says leads to that one`() async throws {
        let (bench, _) = try await planted()
        try await bench.browse(as: "marc.delacroix") { (browser) async throws in
            for text in ["ninety", "forty"] {
                let found = messages(try await browser.get("/search?q=" + text))
                #expect(found.count == 1)
                #expect(try await browser.get(try #require(found.first)).words.contains("It costs \(text)."))
            }
        }
    }

    @Test func `two of them in one mailbox can both be read, and one with another attachment is another`() async throws
    {
        let bench = try await WebBench()
        let mailbox = try await bench.addMailbox(of: "tom.ashworth")
        let last = copy("It costs ninety.", size: 1_200, file: "offer.pdf")
        try await bench.plant([copy("It costs ninety."), copy("It costs forty.", size: 1_100), last], in: mailbox)
        let card = "/contacts/\(try await bench.contact("Alice Marsh"))"
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let first = try await browser.get(try #require(messages(try await browser.get(card)).first))
            let others = Set(messages(first).filter { !first.path.hasPrefix($0) })
            let pages = [first] + (try await others.asyncMap { try await browser.get($0) })
            #expect(pages.count == 3 && pages.allSatisfy { $0.words.contains("It says something else here") })
            #expect(pages.count { $0.words.contains("It costs ninety.") } == 2)
            #expect(pages.count { $0.words.contains("It costs forty.") } == 1)
            #expect(pages.count { $0.words.contains("offer.pdf") } == 1)
            // Hiding the conversation hides all of them.
            try await browser.post("\(first.path.prefix { $0 != "?" })/hide")
        }
        let shown = try await bench.read { tx, _ in
            try tx.integer("SELECT count(*) FROM messages WHERE message_id = 'offer' AND is_hidden = 0")
        }
        #expect(shown == 0)
    }

    @Test func `a colleague's text that may not be read is not hinted at`() async throws {
        let (bench, card) = try await planted()
        let marc = try await bench.user("marc.delacroix").id
        try await bench.write { try Users.setLevel($0, $1, marc, .own, now: 1) }
        try await bench.browse(as: "marc.delacroix") { (browser) async throws in
            let message = try await browser.get(try #require(messages(try await browser.get(card)).first))
            #expect(message.words.contains("It costs forty.") && !message.words.contains("does not say the same"))
        }
    }
}

extension Set<String> {
    fileprivate func asyncMap<T>(_ transform: (String) async throws -> T) async throws -> [T] {
        var all: [T] = []
        for element in sorted() { all.append(try await transform(element)) }
        return all
    }
}
