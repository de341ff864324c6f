import CRM
import HTTPTypes
import Interchange
import Store
import Testing
import Wording

@testable import Web

@Suite struct ExportTests {
    @Test func `all contacts, or those of a search, are exported as CSV and vCard, and it is noted`() async throws {
        let bench = try await WebBench()
        let total = try await bench.read { try ContactList.count($0, $1) }
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let list = try await browser.get("/contacts?q=brightwell")
            #expect(list.links.contains("/contacts/export?q=brightwell") && list.links.contains("/contacts/import"))
            try await browser.get("/contacts/export")
            let all = try await browser.post("/contacts/export", ["format": "csv", "q": ""])
            #expect(all.headers[.contentDisposition] == "attachment; filename=\"contacts.csv\"")
            #expect(all.text.hasPrefix("\u{FEFF}First name,Last name,Email,"))
            #expect(all.text.split(separator: "\r\n").count == total + 1)
            let some = try await browser.post("/contacts/export", ["format": "vcard", "q": "Alice Marsh"])
            #expect(some.text.contains("FN:Alice Marsh\r\n") && some.text.contains("a.marsh@brightwell.example"))
            #expect(some.text.split(separator: "BEGIN:VCARD").count == 1)
            #expect(try await browser.post("/contacts/export", ["format": "x"]).status == .unprocessableContent)
        }
        let entries = try await bench.read {
            try AuditTrail.list($0, $1, limit: 9).filter { $0.action == .contactsExported }
        }
        #expect(
            entries.map(\.subject) == [["format": "vcard", "search": "Alice Marsh"], ["format": "csv"]])
    }

    @Test func `the audit trail says to what the exported contacts were narrowed`() async throws {
        let bench = try await WebBench()
        let tom = try await bench.user("tom.ashworth").id
        let alice = try await bench.contact("Alice Marsh")
        let account = try await bench.read { try #require(try Contacts.find($0, $1, alice)?.account) }
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            for fields: KeyValuePairs in [
                ["format": "csv"], ["format": "vcard", "owner": "none"],
                ["format": "csv", "q": "a", "owner": "me", "account": "\(account)", "emails": "none"],
                ["format": "csv", "owner": "\(tom)"],
            ] {
                try await browser.get("/contacts/export")
                try await browser.post("/contacts/export", fields)
            }
        }
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            let words = try await browser.get("/settings/audit").words
            #expect(words.contains("Exported all contacts as CSV"))
            #expect(words.contains("Exported contacts as vCard: without an owner"))
            #expect(words.contains("Exported contacts as CSV: owner: Tom Ashworth"))
            #expect(
                words.contains(
                    "Exported contacts as CSV: search: a; owner: Tom Ashworth; account: Brightwell Pharma; Without emails"
                ))
        }
    }

    @Test(arguments: Language.allCases)
    func `what is exported in a language, and what a list of problems names its columns, is known when it is imported`(
        _ language: Language
    ) throws {
        let catalogue = try Languages()[language]
        let exported = ColumnMapping.guessed(from: [ContactColumns.header.map(catalogue.text)])
        #expect(
            exported.fields == [
                .firstName, .lastName, .email, .email, .email, .phone, .title, .account, .accountDomain, .accountPhone,
                .accountAddress, .accountCity, .accountCountry, .accountIndustry, .notes,
            ])
        let labels = ContactField.allCases.map { catalogue.text($0.label) }
        #expect(ColumnMapping.guessed(from: [labels]).fields == ContactField.allCases)
    }

    @Test func `whoever works in French gets the columns named in French`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/settings/profile")
            try await browser.post(
                "/settings/profile", ["name": "Tom Ashworth", "language": "fr", "time-zone": "Europe/London"])
            try await browser.get("/contacts/export")
            let file = try await browser.post("/contacts/export", ["format": "csv"]).text
            #expect(file.hasPrefix("\u{FEFF}Prénom,Nom,E-mail,E-mail 2,E-mail 3,Téléphone,Fonction,Compte,"))
        }
    }

    @Test func `what is exported cannot run in a spreadsheet and is imported again as it was`() async throws {
        let bench = try await WebBench()
        try await bench.write { tx, organization in
            var form = ContactForm()
            form.firstName = "=HYPERLINK(\"http://evil.example\")"
            form.lastName = "Zz, \"quoted\""
            form.phone = "+44 20 7946"
            form.notes = "-1\n@two"
            form.addresses = ["z@evil.example", "y@evil.example", "x@evil.example", "w@evil.example"]
            _ = try Contacts.create(tx, organization, try form.validated(), now: 1)
        }
        try await bench.withImports {
            try await bench.browse(as: "tom.ashworth") { (browser) async throws in
                for format in ["csv", "vcard"] {
                    try await browser.get("/contacts/export")
                    let file = try await browser.post("/contacts/export", ["format": format, "q": ""]).text
                    #expect(format == "vcard" || file.contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\""))
                    #expect(format == "vcard" || file.contains(",'+44 20 7946,") && file.contains("\"'-1\n'@two\""))
                    let page = try await browser.upload(file, as: "contacts")
                    let columns = [
                        "first-name", "last-name", "email", "email", "email", "phone", "title", "account",
                        "account-domain", "account-phone", "account-address", "account-city", "account-country",
                        "account-industry", "notes",
                    ]
                    let body = "csrf=\(browser.csrf)&header=1&existing=update&"
                    _ = try await browser.send(
                        .post, page.path, body: body + columns.map { "column=" + $0 }.joined(separator: "&"))
                    let result = try await bench.result(page.path, browser)
                    #expect(result.words.contains("Contacts added 0"), "\(result.words)")
                    #expect(
                        !result.words.contains("updated") && !result.words.contains("not imported"), "\(result.words)")
                }
            }
        }
    }
}
