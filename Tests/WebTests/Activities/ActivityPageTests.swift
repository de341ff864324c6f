import CRM
import HTTPTypes
import Store
import Testing

@testable import Web

/// The sample company stands on Monday, 21 September 2026, 15:13 in London.
@Suite struct ActivityPageTests {
    @Test func `an activity is planned from a card, stands on it, is changed, done, opened again and deleted`()
        async throws
    {
        let bench = try await WebBench()
        let (alice, tom) = (try await bench.contact("Alice Marsh"), try await bench.user("tom.ashworth").id)
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let card = "/contacts/\(alice)"
            let new = try #require(try await browser.get(card).links.first { $0.hasPrefix("/activities/new") })
            let form = try await browser.get(new)
            // The contact, their account and the next full hour are filled in.
            #expect(form.text.contains("value=\"\(alice)\" checked"))
            #expect(form.text.contains("selected>Brightwell Pharma"))
            #expect(form.text.contains("value=\"2026-09-21\"") && form.text.contains("value=\"16:00\""))
            let back = ["owner": "\(tom)", "back": card, "contact": "\(alice)", "notes": "Two\nlines"] as KeyValuePairs
            let added = try await browser.sendActivity("/activities", "Second demonstration", back)
            #expect(added.path == card + "?notice=activity-added")
            #expect(added.words.contains("Second demonstration") && added.words.contains("Tomorrow, 14:00–15:00"))

            let link = try #require(
                try await bench.read { try ActivityList.open($0, $1, .contact(alice), limit: 9).activities }
                    .first { $0.title == "Second demonstration" })
            let page = try await browser.get("/activities/\(link.id)?back=\(card)")
            #expect(page.words.contains("Tuesday 22 September 2026, 14:00 to 15:00"))
            #expect(page.words.contains("Everyone in Aldermoor Instruments sees this activity. You and administrators"))
            let edit = try await browser.get("/activities/\(link.id)/edit")
            #expect(edit.text.contains("value=\"14:00\"") && edit.text.contains(">Two\nlines</textarea>"))
            let saved = try await browser.sendActivity(
                "/activities/\(link.id)/edit",
                "Third demonstration", ["owner": "\(tom)", "all-day": "1", "in-calendar": "1"])
            #expect(saved.words.contains("Third demonstration") && saved.words.contains("Marked for the calendar"))

            let done = try await browser.post("/activities/\(link.id)/done", ["back": "/tasks"])
            #expect(done.path == "/tasks?notice=activity-done")
            #expect(done.words.contains("Not done after all") || done.text.contains("Not done after all: Third"))
            #expect(try await browser.post("/activities/\(link.id)/reopen", ["back": card]).path.hasPrefix(card))
            #expect(
                try await browser.get("/activities/\(link.id)/delete").words.contains("Delete Third demonstration?"))
            #expect(try await browser.post("/activities/\(link.id)/delete").path == "/tasks?notice=activity-deleted")
            #expect(try await browser.get("/activities/\(link.id)").status == .notFound)
        }
        let waiting = try await bench.read { try CalendarOutbox.waiting($0, $1, owner: tom, limit: 5).map(\.action) }
        #expect(waiting == [.remove])
    }

    @Test func `a form with a mistake keeps all that was typed and says what is wrong beside the field`() async throws {
        let bench = try await WebBench()
        let (alice, tom) = (try await bench.contact("Alice Marsh"), try await bench.user("tom.ashworth").id)
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/activities/new")
            let wrong: KeyValuePairs = [
                "owner": "\(tom)", "kind": "party", "start-day": "someday", "end-time": "25:00", "notes": "Kept",
                "contact": "\(alice)", "in-calendar": "1", "back": "/contacts/\(alice)",
            ]
            let answer = try await browser.sendActivity("/activities", "", wrong)
            #expect(answer.status == .unprocessableContent)
            for sentence in ["Enter what it is about.", "“someday” is not a date.", "Choose what kind"] {
                #expect(answer.words.contains(sentence), "\(sentence)")
            }
            for kept in [
                "value=\"someday\"", "value=\"25:00\"", ">Kept</textarea>", "value=\"\(alice)\" checked",
                "name=\"in-calendar\" value=\"1\" checked", "name=\"back\" value=\"/contacts/\(alice)\"",
            ] { #expect(answer.text.contains(kept), "\(kept)") }
        }
    }

    @Test func `contacts are found by name without scripts, and nothing is saved meanwhile`() async throws {
        let bench = try await WebBench()
        let (alice, robert) = (try await bench.contact("Alice Marsh"), try await bench.contact("Robert Chen"))
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/activities/new")
            let found = try await browser.sendActivity(
                "/activities", "Kept", ["contact": "\(alice)", "contact-name": "chen", "find": "1"])
            #expect(found.status == .ok && found.text.contains("value=\"Kept\""))
            #expect(
                found.text.contains("value=\"\(alice)\" checked") && found.text.contains("value=\"\(robert)\" checked"))
            // The Enter key sends the form to be saved; the name that was typed is not lost.
            let several = try await browser.sendActivity("/activities", "Kept", ["contact-name": "brightwell"])
            #expect(several.text.contains("value=\"\(robert)\">") && several.words.contains("Robert Chen, Brightwell"))
            let nobody = try await browser.sendActivity("/activities", "Kept", ["contact-name": "zzz"])
            #expect(nobody.words.contains("begins with “zzz”."))
        }
        let kept = try await bench.read { try ActivityList.open($0, $1, .everyone, limit: 99).activities }
        #expect(!kept.contains { $0.title == "Kept" })
    }

    @Test func `an activity is planned for a colleague, says by whom, and both can change it`() async throws {
        let bench = try await WebBench()
        let (tom, priya) = (try await bench.user("tom.ashworth").id, try await bench.user("priya.raman").id)
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/activities/new")
            _ = try await browser.sendActivity("/activities", "Handed over", ["owner": "\(priya)"])
            let made = try #require(
                try await bench.read { try ActivityList.open($0, $1, .owner(priya), limit: 9).activities }
                    .first { $0.title == "Handed over" })
            #expect(made.planner == tom)
            let page = try await browser.get("/activities/\(made.id)")
            #expect(page.words.contains("Who does it Priya Raman Planned by Tom Ashworth (you)"), "\(page.words)")
            let saved = try await browser.sendActivity(
                "/activities/\(made.id)/edit", "Corrected", ["owner": "\(priya)"])
            #expect(saved.words.contains("Corrected"))
            try await bench.browse(as: "priya.raman") { (theirs) async throws in
                let seen = try await theirs.get("/activities/\(made.id)")
                #expect(seen.words.contains("Who does it Priya Raman (you) Planned by Tom Ashworth"), "\(seen.words)")
                #expect(try await theirs.post("/activities/\(made.id)/done").status == .ok)
            }
            try await bench.browse(as: "ingrid.solheim") { (theirs) async throws in
                #expect(try await theirs.post("/activities/\(made.id)/delete").status == .forbidden)
            }
        }
    }

    @Test func `colleagues see an activity and cannot change it, an administrator can`() async throws {
        let bench = try await WebBench()
        let alice = try await bench.contact("Alice Marsh")
        let id = try #require(
            try await bench.read { try ActivityList.open($0, $1, .contact(alice), limit: 1).activities.first?.id })
        try await bench.browse(as: "camille.fournier") { (browser) async throws in
            let page = try await browser.get("/activities/\(id)")
            #expect(page.words.contains("Tom Ashworth and administrators can change it."))
            #expect(!page.text.contains("/activities/\(id)/"))
            #expect(!(try await browser.get("/contacts/\(alice)").text.contains("/activities/\(id)/done")))
            for path in ["edit", "delete"] {
                #expect(try await browser.send(.get, "/activities/\(id)/\(path)").status == .forbidden)
            }
            for path in ["edit", "delete", "done", "reopen"] {
                let answer = try await browser.post("/activities/\(id)/\(path)", ["title": "X"])
                #expect(answer.status == .forbidden && answer.words.contains("Ask one of them"))
            }
        }
        #expect(try await bench.read { try Activities.find($0, $1, id)?.isDone } == false)
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            try await browser.get("/activities/\(id)")
            #expect(try await browser.post("/activities/\(id)/done").status == .ok)
        }
        #expect(try await bench.read { try Activities.find($0, $1, id)?.isDone } == true)
    }

    @Test func `what people type is shown as text wherever it stands`() async throws {
        let bench = try await WebBench()
        let attack = "<script>alert(1)</script>\"'><img src=x onerror=y>"
        let (alice, tom) = (try await bench.contact("Alice Marsh"), try await bench.user("tom.ashworth").id)
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/activities/new")
            let values: KeyValuePairs = ["owner": "\(tom)", "contact": "\(alice)", "notes": attack]
            var pages = [try await browser.sendActivity("/activities", attack, values)]
            let id = try #require(
                try await bench.read { try ActivityList.open($0, $1, .owner(tom), limit: 9).activities }
                    .first { $0.title == attack }?.id)
            for path in [
                "/tasks", "/tasks/week", "/tasks?contact=\(alice)", "/contacts/\(alice)", "/activities/\(id)",
                "/activities/\(id)/edit", "/activities/\(id)/delete",
                "/activities/\(id)?back=" + PathText.escaped("/\"><script>alert(1)</script>"),
            ] { pages.append(try await browser.get(path)) }
            for name in ["kind", "start-day", "start-time", "end-day", "end-time", "account", "contact-name", "back"] {
                let wrong: KeyValuePairs = ["owner": "\(tom)", name: attack]
                pages.append(try await browser.sendActivity("/activities", attack, wrong))
            }
            for page in pages {
                #expect(!page.text.contains("<script>alert") && !page.text.contains("<img src=x"), "\(page.path)")
                #expect(!page.text.contains("\"'><img"), "\(page.path)")
            }
            #expect(pages[1].words.contains(attack.split(separator: " ").joined(separator: " ")))
        }
    }

    @Test(arguments: ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""])
    func `the way back leads to a page of this site`(_ back: String) async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let form = try await browser.get("/activities/new?back=" + PathText.escaped(back))
            #expect(form.text.contains("name=\"back\" value=\"/tasks\""))
        }
    }

    @Test func `nothing of another organisation can be reached or named`() async throws {
        let bench = try await WebBench()
        let tom = try await bench.user("tom.ashworth").id
        let (contact, activity) = try await bench.database.write { tx in
            let other = try Organizations.create(tx, name: "Other", ownDomains: [], now: 1)
            var user = UserForm()
            (user.name, user.email) = ("Mallory", "mallory@other.example")
            let owner = try Users.create(tx, other, try user.validated(), passwordHash: nil, now: 1)
            var person = ContactForm()
            person.lastName = "Hidden"
            let contact = try Contacts.create(tx, other, try person.validated(), now: 1)
            var form = ActivityForm()
            (form.title, form.owner, form.contacts) = ("Hidden", owner, [contact])
            (form.startDay, form.startTime) = ("2026-09-22", "10:00")
            return (contact, try Activities.create(tx, other, try form.validated(in: .gmt), now: 1))
        }
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            for path in ["", "/edit", "/delete"] {
                #expect(try await browser.get("/activities/\(activity)\(path)").status == .notFound)
            }
            for path in ["edit", "delete", "done", "reopen"] {
                #expect(try await browser.post("/activities/\(activity)/\(path)").status == .notFound)
            }
            #expect(try await browser.get("/tasks?contact=\(contact)").status == .notFound)
            for path in ["/tasks?owner=all", "/tasks/week?owner=all", "/activities/new?contact=\(contact)"] {
                #expect(try await !browser.get(path).text.contains("Hidden"), "\(path)")
            }
            let answer = try await browser.sendActivity(
                "/activities", "Mine", ["owner": "\(tom)", "contact": "\(contact)"])
            #expect(answer.status == .unprocessableContent && answer.words.contains("no longer exists"))
        }
    }
}
