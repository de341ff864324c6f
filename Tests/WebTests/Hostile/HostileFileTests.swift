import CRM
import Interchange
import Store
import Testing

@testable import Web

/// HTML, scripts and formulas in every part of a file that is imported.
@Suite struct HostileFileTests {
    private func nameOfFile(_ ledger: PoisonLedger) -> String {
        // Browsers write a quotation mark as %22.
        Poison.text(ledger.word("file name")).replacing("\"", with: "%22") + ".csv"
    }

    private func content(_ field: ContactField, _ word: String) -> String {
        field == .email ? Poison.plainAddress(word, at: "poison.example") : Poison.text(word)
    }

    private func look(at bench: WebBench, _ browser: TestBrowser) async throws {
        var tour = LinkTour(browser)
        try await tour.follow(
            from: ["/contacts?q=script", "/accounts?q=script", "/contacts/import", "/settings/audit"])
    }

    @Test func `what stands in any heading and cell of a table is text on every page`() async throws {
        let bench = try await WebBench()
        let ledger = PoisonLedger(watching: bench)
        // Of the parts of an account, a domain that is none is refused.
        let fields = ContactField.allCases.filter { $0 != .fullName && $0 != .accountDomain }
        let line = fields.map { content($0, ledger.word("cell: \($0)")) }
        let headings = fields.map { Poison.text(ledger.word("heading: \($0)")) }
        let bad = fields.map { $0 == .email ? Poison.text(ledger.word("refused cell")) : "x" }
        let text = [headings, line, bad].map(CSVWriter.line).joined()
        let columns = fields.map { "column=\($0.rawValue)" }.joined(separator: "&")
        let fileName = nameOfFile(ledger)
        try await bench.withImports {
            try await bench.browse(as: "daniel.okafor") { browser in
                let page = try await browser.upload(text, as: fileName)
                try #require(page.path.hasPrefix("/contacts/import/"), "\(page.words)")
                for choice in ["&preview=1", ""] {
                    _ = try await browser.send(
                        .post, page.path, body: "csrf=\(browser.csrf)&header=1&existing=skip&\(columns)\(choice)")
                }
                let result = try await bench.result(page.path, browser)
                #expect(result.words.contains("Contacts added 1"), "\(result.words)")
                #expect(result.words.contains("Lines not imported 1"))
                try await look(at: bench, browser)
            }
        }
        #expect(ledger.leaks == [])
        #expect(ledger.unseen == [])
    }

    @Test func `what stands in any property of a card is text on every page`() async throws {
        let bench = try await WebBench()
        let ledger = PoisonLedger(watching: bench)
        var record = ContactRecord()
        record.firstName = Poison.text(ledger.word("first name"))
        record.lastName = Poison.text(ledger.word("last name"))
        record.addresses = [Poison.plainAddress(ledger.word("address"), at: "poison.example")]
        record.phone = Poison.text(ledger.word("telephone"))
        record.title = Poison.text(ledger.word("title"))
        record.account.name = Poison.text(ledger.word("account"))
        record.notes = Poison.text(ledger.word("notes"))
        var bad = ContactRecord()
        (bad.lastName, bad.addresses) = ("Bad", [Poison.text(ledger.word("refused address"))])
        let text = VCardWriter.card(record) + VCardWriter.card(bad)
        let fileName = nameOfFile(ledger)
        try await bench.withImports {
            try await bench.browse(as: "daniel.okafor") { browser in
                let page = try await browser.upload(text, as: fileName)
                try await browser.post(page.path, ["existing": "skip"])
                let result = try await bench.result(page.path, browser)
                #expect(result.words.contains("Contacts added 1"), "\(result.words)")
                try await look(at: bench, browser)
            }
        }
        #expect(ledger.leaks == [])
        #expect(ledger.unseen == [])
    }

    @Test(arguments: ["a;b.csv", "a; name=b.csv", "a%22b.csv", "..%2Fa\\b;c.csv", "é.csv", "filename=x.csv"])
    func `a file is taken whatever its name`(name: String) async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { browser in
            let page = try await browser.upload("Name,Email\nAnn,ann@firm.example\n", as: name)
            #expect(page.path.hasPrefix("/contacts/import/"), "\(page.words)")
            #expect(page.words.contains(name.split(separator: "\\").last!.replacing("%22", with: "\"")))
        }
    }
}
