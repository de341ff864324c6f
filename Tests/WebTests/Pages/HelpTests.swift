import CRM
import HTTPTypes
import Store
import Testing

@testable import Web

/// Each page of the settings, and each of an import, says what it does in two sentences under its heading.
@Suite struct HelpTests {
    @Test func `each page of the settings and of an import says in two sentences what it does`() async throws {
        let bench = try await WebBench()
        let tom = try await bench.user("tom.ashworth").id
        let seat = try await bench.write { tx, organization in
            var form = UserForm()
            (form.name, form.email) = ("Enquiries", "enquiries@aldermoor.example")
            let daniel = try #require(try Users.list(tx, organization).first(where: \.isAdministrator)).id
            return try Users.createSeat(tx, organization, try form.validated(), of: daniel, now: 1)
        }
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            var pages: [TestBrowser.Answer] = []
            func see(_ paths: String...) async throws {
                for path in paths { pages.append(try await browser.get(path)) }
            }
            let (mailbox, address) = ("/settings/mailbox", "?address=daniel.okafor@aldermoor.example")
            try await see(
                mailbox, mailbox + "/connect", mailbox + "/connect/providers" + address,
                mailbox + "/connect/providers" + address + "&all=1", mailbox + "/connect/with/custom" + address,
                "/settings/seats/\(seat)/mailbox", "/settings/profile", "/settings/password", "/settings/sessions",
                "/settings/organization", "/settings/users", "/settings/users/new", "/settings/users/\(tom)",
                "/settings/seats/new", "/settings/seats/\(seat)", "/settings/hierarchy",
                "/settings/hierarchy?user=\(tom)", "/settings/exclusions", "/settings/audit", "/contacts/import",
                "/contacts/export", "/contacts/export?q=brew")
            pages.append(try await browser.post("/settings/users/\(tom)/invitation"))
            pages.append(try await browser.post(mailbox + "/connect", ["address": "daniel.okafor@nowhere.example"]))
            pages.append(try await browser.upload("Name;Email\nAnn;ann@firm.example\n"))
            let card = try await browser.upload("BEGIN:VCARD\r\nFN:Ann\r\nEND:VCARD\r\n", as: "contacts.vcf")
            pages.append(card)
            pages.append(try await browser.post(card.path, ["existing": "skip"]))
            try await browser.connectMailbox("daniel.okafor@aldermoor.example")
            try await see(mailbox, mailbox + "/why", mailbox + "/disconnect", mailbox + "/sign-in")
            try await browser.registerApp()
            try await see("/settings/providers", "/settings/providers/microsoft365")
            for page in pages { Self.expectHelp(on: page) }
        }
        try await bench.browse(as: "tom.ashworth") { browser in
            let address = "tom.ashworth@aldermoor.example"
            let with = "/settings/mailbox/connect/with/microsoft365"
            let pages = [
                try await browser.get(with + "?address=" + address),
                try await browser.post(with + "/leave", ["address": address]),
                try await browser.signInAtProvider(address, code: "ok"),
                try await browser.get("/settings/mailbox/sign-in"),
            ]
            for page in pages { Self.expectHelp(on: page) }
            try await browser.get("/connect/return?state=none")
        }
        let shown = Set(bench.recorder.all.map(\.name))
        for (name, _) in try Self.templates() { #expect(shown.contains(name), "\(name) was not shown") }
    }

    @Test func `it stands under the heading of each of their templates`() throws {
        for (name, text) in try Self.templates() {
            #expect(
                text.firstMatch(of: /<div class="page-head"><h1>.*<\/div>\n<p class="lead">/) != nil, "\(name)")
            #expect(text.matches(of: /class="lead"/).count == 1, "\(name)")
        }
    }

    private static func expectHelp(on page: TestBrowser.Answer) {
        guard page.status == .ok, let lead = page.text.firstMatch(of: /<p class="lead">(.*?)<\/p>/) else {
            Issue.record("\(page.path) has no help: \(page.words)")
            return
        }
        let words = lead.output.1.replacing(/<[^>]*>/, with: "")
        #expect(words.matches(of: /[.?!](?:\s|$)/).count == 2 && words.hasSuffix("."), "\(page.path): \(words)")
    }

    /// The names of the templates of these pages, as they are rendered by, and their texts.
    private static func templates() throws -> [(name: String, text: String)] {
        let all = try TemplateSources.all().filter { name, text in
            text.contains("{{<SettingsFrame}}") || (name.hasPrefix("Imports/") && text.contains("{{<Frame}}"))
        }
        return all.map { (String($0.name.dropLast(".mustache".count)), $0.text) }
    }
}
