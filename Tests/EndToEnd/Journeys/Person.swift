import Foundation
import TestServers
import Testing

/// Somebody before a browser, who reads words and presses what bears them. Each call waits until what it needs is there.
struct Person: Sendable {
    let browser: BrowserSession
    let base: String
    let language: PageLanguage

    /// Presses a link or button.
    func press(_ english: String, _ french: String) async throws { try await press(language(english, french)) }

    /// Presses what bears a name, which is the same in each language.
    func press(_ words: String) async throws {
        try await browser.wait(for: "“\(words)” to press") {
            guard let control = try await browser.control(words) else { return false }
            return try await click(control)
        }
    }

    /// Presses a link that says more than these words.
    func open(_ words: String) async throws {
        try await browser.wait(for: "a link with “\(words)”") {
            guard let link = try await browser.link(containing: words) else { return false }
            return try await click(link)
        }
    }

    /// Types into the field with that label, in place of what it holds.
    func fill(_ english: String, _ french: String, in group: String? = nil, with text: String) async throws {
        let label = language(english, french)
        try await browser.wait(for: "a field “\(label)”") {
            guard let field = try await browser.field(label, in: group) else { return false }
            try await field.clear()
            try await field.type(text)
            return true
        }
    }

    /// Ticks a box or chooses among several.
    func tick(_ english: String, _ french: String) async throws {
        let label = language(english, french)
        try await browser.wait(for: "a box “\(label)”") {
            guard let box = try await browser.field(label) else { return false }
            return try await click(box)
        }
    }

    /// Chooses from the list with that label.
    func choose(_ english: String, _ french: String, from label: (String, String), in group: String? = nil)
        async throws
    {
        let (words, name) = (language(english, french), language(label.0, label.1))
        try await browser.wait(for: "“\(words)” in the list “\(name)”") {
            guard let list = try await browser.field(name, in: group),
                let option = try await browser.option(words, of: list)
            else { return false }
            try await option.click()
            return true
        }
    }

    /// Waits until the page says it.
    func see(_ english: String, _ french: String) async throws { try await see(language(english, french)) }

    func see(_ words: String) async throws {
        try await browser.wait(for: "the words “\(words)”") { try await browser.says(words) }
    }

    /// Waits until the page does not say it any more.
    func miss(_ english: String, _ french: String) async throws { try await miss(language(english, french)) }

    func miss(_ words: String) async throws {
        try await browser.wait(for: "the going of “\(words)”") { try await !browser.says(words) }
    }

    /// Goes to a contact's card as people do.
    func openCard(of name: String) async throws {
        try await press("Contacts", "Contacts")
        try await browser.wait(forElement: ".sections a[href='/contacts'][aria-current]")
        try await fill("Search the contacts", "Rechercher dans les contacts", with: name)
        // Pressed before the list is short, it would move from under the pointer. Two names may be alike.
        try await browser.wait(for: "a list of what is found") {
            (1...2).contains(try await browser.findAll(".list tbody tr").count)
        }
        try await press(name)
        try await browser.wait(forElement: ".card-head h1", containing: name)
    }

    /// Chooses the language in the profile where the pages are in another, and goes to the contacts.
    func chooseLanguage() async throws {
        let now = try #require(PageLanguage(rawValue: try await browser.find("html").attribute("lang") ?? ""))
        if now == language { return }
        let present = Person(browser: browser, base: base, language: now)
        try await present.press("Your menu", "Votre menu")
        try await present.press("Profile", "Profil")
        try await present.see("Colleagues see you under this name", "Vos collègues vous voient sous ce nom")
        try await present.choose(language.name, language.name, from: ("Language", "Langue"))
        try await present.press("Save", "Enregistrer")
        try await see("Your profile was saved.", "Votre profil a été enregistré.")
        try await press("Contacts", "Contacts")
        try await browser.wait(forAddress: "/contacts")
    }

    /// Marks the page, so that ``isUntouched`` tells whether it was loaded anew since.
    func mark() async throws { try await browser.run("window.untouched = true") }

    var isUntouched: Bool {
        get async throws { try await browser.run("return window.untouched === true") == true }
    }

    /// - Returns: false where something lies over it, such as a bar; it is then scrolled to the middle.
    private func click(_ element: BrowserElement) async throws -> Bool {
        do { try await element.click() } catch let error as WebDriverError
            where error.code == "element click intercepted"
        {
            try await element.scrollToMiddle()
            return false
        }
        return true
    }
}
