import Foundation
import TestServers
import Testing

extension Journeys {
    @Test(arguments: PageLanguage.allCases)
    func `a file of contacts is mapped, looked at and imported, its bad lines are told, and a duplicate is merged`(
        _ language: PageLanguage
    ) async throws {
        let tom = try await Stage.current.person("tom.ashworth", language)
        let browser = tom.browser
        let folder = try TemporaryFolder("import")
        let (kept, name, domain) =
            language == .english
            ? ("Fiona McAllister", "Fiona Allister", "allister.example")
            : ("Samuel Adeyemi", "Samuel Adéyémi", "adeyemi.example")
        let file = folder.file("people.csv")
        try Data(
            """
            Person;Mail;Firm;Shoe size
            \(name);private@\(domain);;44
            Rosa Lund;not an address;Lund & Co;38
            Ivo Brand;ivo@\(domain);Lund & Co;41

            """.utf8
        ).write(to: file)

        try await tom.press("Import", "Importer")
        try await tom.see("Import contacts", "Importer des contacts")
        try await browser.find("#file").type(file.path)
        try await tom.press("Continue", "Continuer")
        try await tom.see("What the columns become", "Ce que deviennent les colonnes")
        let out = language("Leave out", "Omettre")
        let named = { (column: String) in ("What “\(column)” becomes", "Ce que devient « \(column) »") }
        try await tom.choose("Full name", "Nom complet", from: named("Person"))
        try await tom.choose("Email address", "Adresse e-mail", from: named("Mail"))
        try await tom.choose("Account", "Compte", from: named("Firm"))
        try await tom.choose(out, out, from: named("Shoe size"))
        try await tom.press("Show what comes of it", "Afficher le résultat")
        let preview = language("The first contacts", "Les premiers contacts")
        try await browser.wait(forElement: "[role=region] th[scope=row]", containing: "Ivo Brand")
        try await tom.see(preview)
        try await tom.see("Line 3 will not be imported.", "La ligne 3 ne sera pas importée.")
        try await tom.press("Import", "Importer")
        try await tom.see("Imported", "Importé")
        try await tom.see("Contacts added 2", "Contacts ajoutés 2")
        try await tom.see("Lines not imported 1", "Lignes non importées 1")
        try await tom.see(
            "“not an address” is not an email address.", "« not an address » n’est pas une adresse e-mail.")

        // The bad line, to be mended and imported again.
        try await browser.keepDownloads(in: folder.url)
        try await tom.press("Download them as CSV", "Les télécharger en CSV")
        let download = folder.file("not-imported.csv")
        try await browser.wait(for: "the file") { FileManager.default.fileExists(atPath: download.path) }
        let text = try String(contentsOf: download, encoding: .utf8)
        #expect(text.contains("Rosa Lund,not an address,Lund & Co,38"))
        #expect(text.contains(language("Line,Reason,", "Ligne,Motif,")))

        // The same person under another name.
        try await tom.openCard(of: kept)
        try await tom.press("Edit", "Modifier")
        try await tom.press("Merge a duplicate…", "Fusionner un doublon…")
        try await tom.see("Merge a duplicate into \(kept)", "Fusionner un doublon avec \(kept)")
        try await tom.fill("Search the contacts", "Rechercher dans les contacts", with: name)
        try await tom.press("Search", "Rechercher")
        try await tom.press(name)
        try await tom.see("Merge \(name) into \(kept)?", "Fusionner \(name) avec \(kept) ?")
        try await tom.press("Merge the two", "Fusionner les deux")
        try await tom.see(
            "The two contacts are one now, with the emails of both.",
            "Les deux contacts n’en font plus qu’un, avec les e-mails des deux.")
        try await browser.wait(forElement: ".card-head h1", containing: kept)
        try await tom.see("private@\(domain)")
        try await browser.wait(forElement: ".email .subject")
        try await tom.press("Contacts", "Contacts")
        try await tom.fill("Search the contacts", "Rechercher dans les contacts", with: name)
        try await browser.wait(for: "one of the two alone") {
            let names = try await browser.findAll(".list .name")
            guard names.count == 1 else { return false }
            return try await names[0].text == kept
        }
    }
}
