import TestServers
import Testing

extension Journeys {
    @Test(arguments: PageLanguage.allCases)
    func `a conversation that its owner hides leaves the colleague's open card, and comes back when it is shown`(
        _ language: PageLanguage
    ) async throws {
        let stage = try Stage.current
        let tom = try await stage.person("tom.ashworth", language)
        try await tom.openCard(of: "Alice Marsh")
        let entry = try await tom.browser.find(".email")
        let subject = try await entry.find(".subject").text
        let id = try #require(try await entry.attribute("id"))
        let priya = try await stage.person("priya.raman", language)
        try await priya.openCard(of: "Alice Marsh")
        try await priya.browser.wait(forElement: "#\(id)", containing: subject)
        try await priya.mark()

        try await tom.open(subject)
        try await tom.press("Hide from colleagues", "Masquer aux collègues")
        try await tom.see("The conversation is hidden: only you see it now", "La conversation est masquée")
        try await tom.see("You hid this conversation", "Vous avez masqué cette conversation")
        try await priya.browser.wait(for: "the going of the email") {
            try await priya.browser.findAll("#\(id)").isEmpty
        }
        try await tom.openCard(of: "Alice Marsh")
        try await tom.browser.wait(forElement: "#\(id)", containing: subject)

        try await tom.open(subject)
        try await tom.press("Show to colleagues", "Montrer aux collègues")
        try await tom.see(
            "The conversation is shown again to those who may read your mailbox.",
            "La conversation est de nouveau visible pour ceux qui peuvent lire votre boîte mail.")
        try await priya.browser.wait(forElement: "#\(id)", containing: subject)
        #expect(try await priya.isUntouched)
    }
}
