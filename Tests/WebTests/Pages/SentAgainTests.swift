import CRM
import Database
import Store
import Testing

@testable import Web

/// A form that meets a full disk is sent again with one press, as it was typed.
@Suite struct SentAgainTests {
    @Test func `a form that met a full disk is on the page, and taken when there is space`() async throws {
        let bench = try await WebBench()
        try await bench.limitPages(more: 0)
        let notes = "<b>\"Long\" & \(String(repeating: "x", count: 19_000))</b>"
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let refused = try await browser.post(
                "/contacts",
                ["last-name": "O'Hara", "address": "a@ohara.example", "address": "b@ohara.example", "notes": notes])
            #expect(refused.status.code == 507)
            #expect(refused.words.contains("The disk is full") && refused.words.contains("Try again"))
            for (name, value) in [
                ("last-name", "O&#39;Hara"), ("address", "a@ohara.example"), ("address", "b@ohara.example"),
                ("notes", "&lt;b&gt;&quot;Long&quot; &amp; xxx"),
            ] {
                #expect(refused.text.contains("type=\"hidden\" name=\"\(name)\" value=\"\(value)"), "\(name)")
            }
            #expect(refused.text.contains("action=\"/contacts\""))
            // As the browser sends what stands there.
            try await bench.limitPages(more: 100_000)
            _ = try await browser.post(
                "/contacts",
                ["last-name": "O'Hara", "address": "a@ohara.example", "address": "b@ohara.example", "notes": notes])
            #expect(try await browser.get("/contacts?q=hara").words.contains("O'Hara"))
        }
    }

    @Test func `a password is not written into the page`() async throws {
        let bench = try await WebBench()
        try await bench.limitPages(more: 0)
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            let notes = String(repeating: "x", count: 19_000)
            let refused = try await browser.post(
                "/contacts", ["last-name": "Short", "password": "hush-hush", "notes": notes])
            #expect(refused.status.code == 507)
            #expect(!refused.text.contains("hush-hush") && !refused.words.contains("Try again"))
        }
    }
}

extension WebBench {
    /// Lets the database grow by so many pages and no further.
    func limitPages(more: Int64) async throws {
        try await write { tx, _ in
            let pages = try tx.integer("PRAGMA page_count")
            _ = try tx.integer("PRAGMA max_page_count = \(pages + more)")
        }
    }
}
