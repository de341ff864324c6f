import TestServers
import Testing

extension Journeys {
    @Test(arguments: PageLanguage.allCases)
    func `someone connects a mailbox, watches it being read, sees its emails on a card, and disconnects it`(
        _ language: PageLanguage
    ) async throws {
        let stage = try Stage.current
        let eleanor = try await stage.person("eleanor.whitfield", language)
        let (browser, address) = (eleanor.browser, "eleanor.whitfield@aldermoor.example")
        try await eleanor.press("Settings", "Paramètres")
        try await eleanor.press("Mailbox Sync", "Synchronisation de la messagerie")
        try await eleanor.press("Synchronize now", "Synchroniser maintenant")
        try await eleanor.see("Connect your mailbox", "Connecter votre boîte mail")
        try await eleanor.fill("Email address", "Adresse e-mail", with: address)
        try await eleanor.press("Log in", "Se connecter")
        try await eleanor.see("Choose your mail provider", "Choisissez votre fournisseur de messagerie")
        try await eleanor.press("See all providers", "Voir tous les fournisseurs")
        try await eleanor.see("All providers", "Tous les fournisseurs")
        try await eleanor.press("Custom IMAP settings", "Paramètres IMAP personnalisés")
        try await eleanor.fill("Password", "Mot de passe", with: "not the password")
        for server in ["IMAP", "SMTP"] {
            let group = language("\(server) server", "Serveur \(server)")
            try await eleanor.fill("Server", "Serveur", in: group, with: "127.0.0.1")
            try await eleanor.fill("Port", "Port", in: group, with: try stage.port(of: server))
            try await eleanor.choose(
                "None (this computer only)", "Aucune (cet ordinateur)", from: ("Security", "Sécurité"), in: group)
        }
        try await eleanor.press("Log in", "Se connecter")
        try await eleanor.see(
            "127.0.0.1 refused the user name or the password.",
            "127.0.0.1 a refusé le nom d’utilisateur ou le mot de passe.")
        try await eleanor.fill("Password", "Mot de passe", with: Stage.mailPassword)
        try await eleanor.press("Log in", "Se connecter")
        try await eleanor.see("Your mailbox is connected.", "Votre boîte mail est connectée.")
        try await eleanor.mark()
        try await browser.wait(forElement: "#mailbox-state h2", containing: language("Up to date", "À jour"))
        #expect(try await eleanor.isUntouched)
        let total = try #require(stage.demo.words.firstMatch(of: /It holds ([0-9]+) messages/)).output.1
        try await browser.wait(forElement: "#mailbox-accounting tfoot td", containing: String(total))
        try await eleanor.see("Counted by the provider", "Comptés par le fournisseur")
        try await eleanor.openCard(of: "Katharina Böhm")
        try await eleanor.see("In your mailbox", "Dans votre boîte mail")

        try await eleanor.press("Settings", "Paramètres")
        try await eleanor.press("Disconnect", "Déconnecter")
        try await eleanor.see("Disconnect \(address)?", "Déconnecter \(address) ?")
        try await eleanor.press("Disconnect", "Déconnecter")
        try await eleanor.see(
            "Your mailbox is disconnected, and its emails have left the cards.",
            "Votre boîte mail est déconnectée, et ses e-mails ont quitté les fiches.")
        try await eleanor.openCard(of: "Katharina Böhm")
        try await eleanor.see("No emails yet", "Aucun e-mail pour l’instant")
    }
}
