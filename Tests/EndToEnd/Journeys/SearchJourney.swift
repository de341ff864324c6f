import TestServers
import Testing

extension Journeys {
    @Test(arguments: PageLanguage.allCases)
    func `someone finds an email by its words, reads it and its conversation, and goes on to its contact`(
        _ language: PageLanguage
    ) async throws {
        let tom = try await Stage.current.person("tom.ashworth", language)
        let browser = tom.browser
        try await tom.fill(
            "Search contacts, accounts and emails", "Rechercher des contacts, des comptes et des e-mails",
            with: "lunch is on me\u{E007}")
        try await tom.see("Emails", "E-mails")
        try await tom.see("On the card of Martin Pike", "Sur la fiche : Martin Pike")
        #expect(try await browser.findAll(".email").count >= 1)
        #expect(try await browser.find(".email mark", containing: "lunch") != nil)
        try await tom.open("Between you and me")
        try await tom.see("Gladly. I shall let you know as soon as it is official.")
        try await tom.see("To Tom Ashworth", "À Tom Ashworth")
        try await tom.see("Conversation 3 emails", "Conversation 3 e-mails")
        for (english, french) in [
            ("Open in your mail program", "Ouvrir dans votre messagerie"),
            ("Reply in your mail program", "Répondre dans votre messagerie"),
        ] {
            let link = try #require(try await browser.control(language(english, french)))
            #expect(try await link.attribute("href")?.isEmpty == false)
        }
        try await tom.open("I wanted you to hear it from me")
        try await tom.see("I leave Harrow & Pike Brewing in the spring.")
        try await tom.press("Martin Pike")
        try await browser.wait(forElement: ".card-head h1", containing: "Martin Pike")
        try await tom.see("Synchronized emails", "E-mails synchronisés")

        try await tom.fill(
            "Search contacts, accounts and emails", "Rechercher des contacts, des comptes et des e-mails",
            with: "zzyzx\u{E007}")
        try await tom.see(
            "No contact, no account and no email that you may read fits “zzyzx”.",
            "Aucun contact, aucun compte et aucun e-mail que vous pouvez lire ne correspond à « zzyzx ».")
    }
}
