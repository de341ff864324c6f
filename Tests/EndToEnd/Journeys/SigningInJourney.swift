import TestServers
import Testing

extension Journeys {
    @Test(arguments: PageLanguage.allCases)
    func `someone signs in, is told of a wrong password, comes to the page they wanted, and signs out`(
        _ language: PageLanguage
    ) async throws {
        let person = try await Stage.current.guest(language)
        let browser = person.browser
        try await browser.go(to: person.base + "/accounts")
        try await person.see(
            "Use the email address and the password of your seat at Mailcard.",
            "Utilisez l’adresse e-mail et le mot de passe de votre accès à Mailcard.")
        try await person.fill("Email address", "Adresse e-mail", with: "priya.raman@aldermoor.example")
        try await person.fill("Password", "Mot de passe", with: "not the password")
        try await person.press("Sign in", "Se connecter")
        try await person.see(
            "Address and password do not fit together.", "L’adresse et le mot de passe ne correspondent pas.")
        #expect(try await browser.find("#email").property("value") == "priya.raman@aldermoor.example")
        try await person.fill("Password", "Mot de passe", with: Stage.password)
        try await person.press("Sign in", "Se connecter")
        try await browser.wait(forAddress: "/accounts")

        try await person.chooseLanguage()
        try await person.press("Accounts", "Comptes")
        try await person.see("New account", "Nouveau compte")
        #expect(try await browser.title == "\(language("Accounts", "Comptes")) · Mailcard")
        try await person.press("Your menu", "Votre menu")
        try await person.press("Sign out", "Se déconnecter")
        try await person.see("You are signed out.", "Votre session est fermée.")
        try await browser.go(to: person.base + "/accounts")
        try await person.see("Use the email address", "Utilisez l’adresse e-mail")
        try await browser.close()
    }
}
