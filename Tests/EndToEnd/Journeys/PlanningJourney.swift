import TestServers
import Testing

extension Journeys {
    @Test(arguments: PageLanguage.allCases)
    func `a meeting and a task planned on a card stand under today and in the week, and are marked done`(
        _ language: PageLanguage
    ) async throws {
        let ingrid = try await Stage.current.person("ingrid.solheim", language)
        let browser = ingrid.browser
        let (meeting, task) = (
            language("Price talk", "Point sur les prix"), language("Send the list", "Envoyer la liste")
        )
        let (kind, title) = (("Kind", "Type"), ("What is it about?", "De quoi s’agit-il ?"))
        try await ingrid.openCard(of: "Kari Nygård")
        try await ingrid.press("New activity", "Nouvelle activité")
        try await ingrid.choose("Meeting", "Réunion", from: kind)
        try await ingrid.fill(title.0, title.1, with: meeting)
        // The form proposes the next full hour, which late in the evening is tomorrow's.
        try await ingrid.tick("All day", "Toute la journée")
        try await browser.chooseToday(language("Day", "Jour"))
        try await ingrid.fill("Notes", "Notes", with: "№ 7")
        try await ingrid.press("Save", "Enregistrer")
        try await ingrid.see("The activity was added.", "L’activité a été ajoutée.")
        try await browser.wait(forElement: "#activities .name", containing: meeting)

        try await ingrid.press("New activity", "Nouvelle activité")
        try await ingrid.choose("Task", "Tâche", from: kind)
        try await ingrid.fill(title.0, title.1, with: task)
        try await browser.chooseToday(language("Day", "Jour"))
        try await ingrid.fill("Time", "Heure", with: "")
        try await ingrid.press("Save", "Enregistrer")
        try await browser.wait(forElement: "#activities .name", containing: task)

        try await ingrid.press("Tasks", "Tâches")
        let today = language("Today", "Aujourd’hui")
        for words in [meeting, task] {
            try await browser.wait(forElement: "section:has(h2)", containing: words)
            let group = try await browser.find("section.panel", containing: words)
            #expect(try await group?.find("h2").text.hasPrefix(today) == true)
            #expect(try await group?.text.contains("Kari Nygård") == true)
        }
        try await ingrid.press("Week", "Semaine")
        for words in [meeting, task] { try await browser.wait(forElement: ".week .today .slot", containing: words) }
        try await ingrid.open(meeting)
        try await ingrid.see("№ 7")
        try await ingrid.press("Mark as done", "Marquer comme faite")
        try await ingrid.see("Done. Its round button opens it again.", "C’est fait. Son bouton rond la rouvre.")
        try await ingrid.see("Not done after all", "Finalement pas faite")

        try await ingrid.press("Tasks", "Tâches")
        try await ingrid.press("Mark as done: \(task)", "Marquer comme faite : \(task)")
        try await ingrid.see("Done. Its round button opens it again.", "C’est fait. Son bouton rond la rouvre.")
        try await ingrid.openCard(of: "Kari Nygård")
        for words in [meeting, task] {
            try await browser.wait(forElement: "#activities .done .name", containing: words)
        }
    }
}

extension BrowserSession {
    /// Sets a date field as its calendar does; what keys a date takes depends on the machine's own language.
    fileprivate func chooseToday(_ label: String) async throws {
        let field = try #require(try await field(label))
        let id = try #require(try await field.attribute("id"))
        try await run(
            """
            const field = document.getElementById(arguments[0]);
            field.valueAsDate = new Date(Date.now() - new Date().getTimezoneOffset() * 60000);
            field.dispatchEvent(new Event("change", { bubbles: true }));
            """, [.string(id)])
    }
}
