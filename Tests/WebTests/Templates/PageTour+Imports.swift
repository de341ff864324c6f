import CRM
import Store
import Testing

@testable import Web

extension PageTour {
    /// Importing and exporting contacts, in all states.
    static func imports(_ bench: WebBench) async throws {
        try await bench.browse(as: "tom.ashworth") { browser in
            try await browser.get("/contacts/import")
            _ = try await browser.upload("")
            try await browser.get("/contacts/export?q=alice")
            try await browser.get("/contacts/export")
            try await browser.get("/contacts/export?owner=me&sort=-name")
            try await browser.post("/contacts/export", ["format": "none"])
            let cards = try await browser.upload("BEGIN:VCARD\nFN:Ann\nEND:VCARD\n", as: "a.vcf")
            _ = try await browser.upload("Name,Email\n,\n")
            let lines = (0..<30).map { "Nobody \($0),broken\n" }.joined()
            let page = try await browser.upload(
                "Name,Email,Account,Phone\nZed,zed@new.example,New,+1\nOnly,only@new.example,,\n\(lines)")
            try await browser.post(page.path, ["column": "title", "column": "title"])
            try await browser.post(
                page.path,
                ["column": "full-name", "column": "email", "column": "account", "column": "phone", "header": "1"])
            try await bench.database.write { _ = try ContactImports.begin($0, now: 1_790_000_000) }
            try await browser.get(page.path)
            try await browser.post(page.path + "/cancel")
            try await browser.get(page.path + "?again=1")
            try await browser.post(
                page.path,
                ["column": "full-name", "column": "email", "column": "account", "column": "phone", "header": "1"])
            try await bench.withImports { _ = try await bench.result(page.path, browser) }
            try await browser.get(cards.path)
            try await browser.get("/contacts/import")
        }
    }
}
