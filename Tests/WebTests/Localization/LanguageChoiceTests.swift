import CRM
import HTTPTypes
import Store
import Testing
import Wording

@testable import Web

@Suite struct LanguageChoiceTests {
    @Test func `whoever is not signed in is answered in the language that the browser asks for`() async throws {
        let bench = try await WebBench()
        try await bench.browse { browser in
            let french = try await browser.send(.get, "/sign-in", headers: [.acceptLanguage: "fr-CA, en;q=0.5"])
            #expect(french.text.contains("<html lang=\"fr\">") && french.words.contains("Mot de passe"))
            #expect(french.headers[.contentLanguage] == "fr")
            let english = try await browser.send(.get, "/sign-in", headers: [.acceptLanguage: "de, en;q=0.5, fr;q=0.1"])
            #expect(english.text.contains("<html lang=\"en\">") && english.words.contains("Password"))
            let missing = try await browser.send(.get, "/assets/none", headers: [.acceptLanguage: "fr"])
            #expect(missing.words.contains("Cette page n’existe pas"))
        }
    }

    @Test func `a choice holds at once, on all pages and on errors, whatever the browser asks for`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { browser in
            let profile = try await browser.get("/settings/profile")
            #expect(profile.text.contains("value=\"en\" selected") && profile.words.contains("Français"))
            let saved = try await browser.post(
                "/settings/profile", ["name": "Tom Ashworth", "language": "fr", "time-zone": "Europe/London"])
            #expect(saved.words.contains("Votre profil a été enregistré."))
            #expect(try await browser.get("/contacts").words.contains("Nouveau contact"))
            #expect(try await browser.get("/contacts/999999").words.contains("Ce contact n’existe pas"))
            let refused = try await browser.post("/contacts", ["last-name": "X", "address": "broken"])
            #expect(refused.words.contains("« broken » n’est pas une adresse e-mail."))
            try await browser.post(
                "/settings/profile", ["name": "Tom Ashworth", "language": "en", "time-zone": "Europe/London"])
            #expect(try await browser.get("/contacts").words.contains("New contact"))
        }
    }

    @Test func `the first administrator has the language of the browser, and new users that of whoever adds them`()
        async throws
    {
        let bench = try await WebBench(withSampleCompany: false, language: .french)
        try await bench.browse { browser in
            #expect(try await browser.get("/").words.contains("Bienvenue"))
            let begun = try await browser.post(
                "/setup",
                ["organization": "Acme", "name": "Ann", "email": "ann@acme.example", "password": "a good password"])
            #expect(begun.words.contains("Synchronisation de la messagerie"))
            try await browser.get("/settings/users/new")
            try await browser.post("/settings/users", ["new": "1", "name": "Bob", "email": "bob@acme.example"])
            try await browser.post(
                "/settings/users", ["new": "1", "name": "Eve", "email": "eve@acme.example", "language": "en"])
            let users = try await bench.read { tx, _ in try Users.list(tx, 1) }
            #expect(users.map(\.name) == ["Ann", "Bob", "Eve"])
            #expect(users.map(\.language) == [.french, .french, .english])
        }
    }

    @Test func `what a mailbox says is shown to each in their own language`() async throws {
        let bench = try await WebBench()
        let tom = try await bench.user("tom.ashworth")
        _ = try await bench.addMailbox(of: "tom.ashworth")
        try await bench.write { tx, organization in
            let mailbox = try #require(try Mailboxes.ofUser(tx, organization, tom.id))
            try Mailboxes.setStatus(
                tx, organization, mailbox.id,
                .retrying(at: 1_790_000_100, reason: "\("imap.example") stopped answering."))
        }
        try await bench.browse(as: "tom.ashworth") { browser in
            #expect(try await browser.get("/settings/mailbox").words.contains("imap.example stopped answering."))
            try await bench.write {
                try Users.setPreferences($0, $1, tom.id, locale: "fr", timeZone: tom.timeZone)
            }
            #expect(try await browser.get("/settings/mailbox").words.contains("imap.example a cessé de répondre."))
        }
    }
}
