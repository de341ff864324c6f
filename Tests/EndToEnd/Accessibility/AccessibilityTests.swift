import Foundation
import TestServers
import Testing

/// That axe-core finds nothing serious or critical on any page, as each kind of person sees it, and that no page is
/// wider than a phone.
@Suite(.serialized, .demo) struct AccessibilityTests {
    @Test(arguments: PageCheck.Device.allCases)
    func `no page hinders anybody, and none is wider than a phone`(_ device: PageCheck.Device) async throws {
        let tom = try await Stage.current.person("tom.ashworth", language(device))
        let numbers = try await numbers(tom)
        let daniel = try await Stage.current.person("daniel.okafor", language(device))
        // At the same time, for axe-core keeps a processor busy with each page.
        async let theirs: Void = lookAtPages(of: tom, numbers, device)
        async let administrators: Void = lookAtPages(ofAdministrator: daniel, numbers, device)
        async let guests: Void = lookAtPagesBeforeSigningIn(device)
        _ = try await (theirs, administrators, guests)
    }

    private func lookAtPages(
        ofAdministrator daniel: Person, _ numbers: [String: String], _ device: PageCheck.Device
    ) async throws {
        let check = try await PageCheck(daniel.browser, base: daniel.base, who: "administrator", on: device)
        let pages = try PageAddress.all().filter {
            !$0.isOpen && !$0.pattern.hasPrefix("/settings/seats/:seat/mailbox")
        }
        try await check.look(at: try pages.map { try $0.path(numbers) })
        try await check.look(at: ["/settings/hierarchy?user=\(try #require(numbers["user"]))", "/nowhere"])

        // What is refused, and what pressing a button brings.
        try await daniel.browser.go(to: daniel.base + "/settings/exclusions")
        try await daniel.fill("Address or domain", "Adresse ou domaine", with: "no domain")
        try await daniel.press("Add", "Ajouter")
        try await daniel.browser.wait(forElement: ".problem")
        try await check.lookHere()
        try await daniel.browser.go(to: daniel.base + "/settings/users/\(try #require(numbers["user"]))")
        try await daniel.press("Make a sign-in link", "Créer un lien de connexion")
        try await daniel.browser.wait(forElement: "#link")
        try await check.lookHere()
    }

    private func lookAtPages(of tom: Person, _ numbers: [String: String], _ device: PageCheck.Device) async throws {
        let check = try await PageCheck(tom.browser, base: tom.base, who: "someone with a mailbox", on: device)
        let pages = try PageAddress.all().filter { !$0.isOpen && !$0.isForAdministrators }
        for page in pages {
            try await check.look(at: [try page.path(numbers)])
            #expect(try await tom.browser.findAll(".error-code").isEmpty, "\(page.pattern) is not there")
        }
        let contact = try #require(numbers["contact"])
        try await check.look(at: [
            "/contacts?q=zzzz", "/contacts?owner=me&emails=none", "/contacts/\(contact)?q=lunch&from=never",
            "/contacts/\(contact)/merge?with=18", "/search?q=harrow", "/search?q=zzzz", "/tasks?show=done", "/nowhere",
            "/settings/users", "/settings/mailbox/why?subject=between", "/accounts?q=zzzz",
        ])

        // An import that is done, what is refused, and an open menu.
        try await tom.browser.go(to: tom.base + "/contacts/import/\(try #require(numbers["import"]))")
        try await tom.press("Import", "Importer")
        try await tom.browser.wait(forElement: ".sums")
        try await check.lookHere()
        try await tom.browser.go(to: tom.base + "/contacts/new")
        try await tom.press("Save", "Enregistrer")
        try await tom.browser.wait(forElement: ".problem")
        try await tom.press("Your menu", "Votre menu")
        try await check.lookHere()
    }

    private func lookAtPagesBeforeSigningIn(_ device: PageCheck.Device) async throws {
        let stage = try Stage.current
        let guest = try await stage.guest(language(device))
        let check = try await PageCheck(guest.browser, base: stage.base, who: "signed out", on: device)
        let pages = try PageAddress.all().filter(\.isOpen).map { try $0.path([:]) }
        try await check.look(at: pages + ["/sign-in?sample=1&notice=signed-out", "/assets/none/none.css"])
        try await guest.browser.go(to: stage.base + "/sign-in")
        try await guest.fill("Email address", "Adresse e-mail", with: "nobody@aldermoor.example")
        try await guest.fill("Password", "Mot de passe", with: "wrong")
        try await guest.press("Sign in", "Se connecter")
        try await guest.browser.wait(forElement: ".notice.bad")
        try await check.lookHere()

        // The first start, which only an empty database shows.
        let server = try Server()
        let empty = try await PageCheck(
            guest.browser, base: try await server.start(), who: "at the first start", on: device)
        try await empty.look(at: ["/setup"])
        server.stop()
        try await guest.browser.close()
    }

    /// French, whose words are longer, on the phone.
    private func language(_ device: PageCheck.Device) -> PageLanguage { device == .phone ? .french : .english }

    /// The numbers of what the addresses name: what Tom has, who hides a conversation and has a second mailbox.
    private func numbers(_ tom: Person) async throws -> [String: String] {
        let browser = tom.browser
        let card = try #require(try Stage.current.demo.words.firstMatch(of: /(\/contacts\/[0-9]+) for Tom only/)).output
            .1
        try await browser.go(to: tom.base + card)
        let message = try await number(in: ".email a", of: browser)
        let account = try await number(in: ".card-head a[href^='/accounts/']", of: browser)
        try await browser.go(to: tom.base + "/settings/mailbox")
        let seat = try await number(in: ".settings-menu a[href^='/settings/seats/']", of: browser)
        try await browser.go(to: tom.base + "/tasks")
        let activity = try await number(in: ".activity a.name", of: browser)
        let folder = try TemporaryFolder("import")
        let file = folder.file("people.csv")
        try Data("Name,Email\nRosa Lund,rosa@lund.example\nIvo Brand,none\n".utf8).write(to: file)
        try await browser.go(to: tom.base + "/contacts/import")
        try await browser.find("#file").type(file.path)
        try await tom.press("Continue", "Continuer")
        try await browser.wait(forElement: ".mapping")
        return [
            "contact": Self.digits(String(card)), "message": message, "account": account, "seat": seat,
            "activity": activity, "import": Self.digits(try await browser.address.dropFirst(tom.base.count)),
            "provider": "custom", "user": "1",
        ]
    }

    private static func digits(_ path: some StringProtocol) -> String { String(path.filter(\.isNumber)) }

    private func number(in selector: String, of browser: BrowserSession) async throws -> String {
        let address = try #require(try await browser.find(selector).attribute("href"))
        return String(try #require(address.firstMatch(of: /[0-9]+/)).output)
    }
}
