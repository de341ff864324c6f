import TestServers
import Testing

extension Journeys {
    @Test(arguments: PageLanguage.allCases)
    func `an administrator adds a user, who chooses a password by a link that works once`(_ language: PageLanguage)
        async throws
    {
        let stage = try Stage.current
        let (name, email) = (language("Harriet Vale", "Zoé Lambert"), language("harriet", "zoe") + "@aldermoor.example")
        let daniel = try await stage.person("daniel.okafor", language)
        try await daniel.press("Settings", "Paramètres")
        try await daniel.press("Users", "Utilisateurs")
        try await daniel.press("New user", "Nouvel utilisateur")
        try await daniel.fill("Name", "Nom", with: name)
        try await daniel.fill(
            "Email address to sign in with", "Adresse e-mail de connexion", with: email)
        try await daniel.choose(
            "Below Priya Raman", "Sous Priya Raman", from: ("Place in the hierarchy", "Place dans la hiérarchie"))
        try await daniel.press("Save", "Enregistrer")
        try await daniel.see("Sign-in link for \(name)", "Lien de connexion pour \(name)")
        try await daniel.see("It is shown only here", "Il n’est affiché qu’ici")
        let link = try #require(try await daniel.browser.field(language("Link", "Lien"))?.property("value").string)
        #expect(link.hasPrefix(stage.base + "/invitation?token="))
        try await daniel.press("Done", "Terminé")
        try await daniel.see(email)

        let invited = try await stage.guest(language)
        try await invited.browser.go(to: link)
        try await invited.see("Welcome, \(name)", "Bienvenue, \(name)")
        try await invited.fill("Password", "Mot de passe", with: "short")
        try await invited.press("Save and sign in", "Enregistrer et se connecter")
        try await invited.see("at least 10 characters", "au moins 10 caractères")
        try await invited.fill("Password", "Mot de passe", with: "several words do well")
        try await invited.press("Save and sign in", "Enregistrer et se connecter")
        try await invited.browser.wait(forElement: ".user-menu .who", containing: name)
        try await invited.press("Settings", "Paramètres")
        try await invited.see("Synchronize now", "Synchroniser maintenant")

        let second = try await stage.guest(language)
        try await second.browser.go(to: link)
        try await second.see("This link cannot be used", "Ce lien n’est pas utilisable")
        try await second.press("Go to sign-in", "Aller à la page de connexion")
        try await second.fill("Email address", "Adresse e-mail", with: email)
        try await second.fill("Password", "Mot de passe", with: "several words do well")
        try await second.press("Sign in", "Se connecter")
        try await second.browser.wait(forElement: ".user-menu .who", containing: name)
        for person in [invited, second] { try await person.browser.close() }
    }
}
