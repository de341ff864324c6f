import TestServers
import Testing

extension Journeys {
    @Test(arguments: PageLanguage.allCases)
    func `a colleague's mail leaves and comes back on an open card when the place or the level changes`(
        _ language: PageLanguage
    ) async throws {
        let stage = try Stage.current
        let marc = try await stage.person("marc.delacroix", language)
        try await marc.openCard(of: "Solenn Le Goff")
        try await marc.see("In Camille Fournier’s mailbox", "Dans la boîte mail de Camille Fournier")
        try await marc.mark()
        let daniel = try await stage.person("daniel.okafor", language)
        let place = ("Place in the hierarchy", "Place dans la hiérarchie")

        // Another superior.
        try await daniel.editUser("Camille Fournier")
        try await daniel.choose("Below Priya Raman", "Sous Priya Raman", from: place)
        try await daniel.saveUser()
        try await marc.miss("Camille Fournier’s mailbox", "boîte mail de Camille Fournier")
        try await marc.see("No mailbox is connected yet", "Aucune boîte mail n’est encore connectée")
        try await daniel.press("Hierarchy", "Hiérarchie")
        try await daniel.press("Marc Delacroix")
        try await daniel.see("Whose mail Marc Delacroix sees", "Courrier visible pour Marc Delacroix")
        try await daniel.see("No mailbox", "Aucune boîte mail")
        try await daniel.press("Priya Raman")
        try await daniel.see("Whose mail Priya Raman sees", "Courrier visible pour Priya Raman")
        #expect(try await daniel.browser.find("#sight li", containing: "Camille Fournier") != nil)
        try await daniel.editUser("Camille Fournier")
        try await daniel.choose("Below Marc Delacroix", "Sous Marc Delacroix", from: place)
        try await daniel.saveUser()
        try await marc.see("In Camille Fournier’s mailbox", "Dans la boîte mail de Camille Fournier")

        // Another level.
        try await daniel.editUser("Marc Delacroix")
        try await daniel.tick("0: nothing", "0 : rien")
        try await daniel.saveUser()
        try await marc.miss("Camille Fournier’s mailbox", "boîte mail de Camille Fournier")
        try await daniel.editUser("Marc Delacroix")
        try await daniel.tick("1: everyone below them", "1 : toutes les personnes placées au-dessous")
        try await daniel.saveUser()
        try await marc.see("In Camille Fournier’s mailbox", "Dans la boîte mail de Camille Fournier")
        #expect(try await marc.isUntouched)
    }
}

extension Person {
    fileprivate func editUser(_ name: String) async throws {
        try await press("Settings", "Paramètres")
        try await press("Users", "Utilisateurs")
        try await press(name)
        try await browser.wait(forElement: "h1", containing: name)
    }

    fileprivate func saveUser() async throws {
        try await press("Save", "Enregistrer")
        try await see("The user was saved.", "L’utilisateur a été enregistré.")
    }
}
