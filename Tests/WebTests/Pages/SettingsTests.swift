import CRM
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite struct SettingsTests {
    @Test func `a user is added, signs in, is changed and leaves`() async throws {
        let bench = try await WebBench()
        let priya = try await bench.user("priya.raman").id
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            try await browser.get("/settings/users/new")
            let fields: KeyValuePairs = [
                "new": "1", "name": "New Person", "email": "new@aldermoor.example", "password": "a first password",
                "place": "\(priya)", "level": "1",
            ]
            #expect(try await browser.post("/settings/users", fields).words.contains("The user was added."))
            let user = try await bench.user("new")
            #expect(user.place == .below(priya) && user.level == .below && user.isActive && !user.isAdministrator)
            try await bench.browse { (theirs) async throws in
                try await theirs.signIn("new@aldermoor.example", "a first password")
                let left: KeyValuePairs = ["name": "New Person", "email": "new@aldermoor.example", "place": "top"]
                try await browser.post("/settings/users/\(user.id)", left)
                #expect(try await theirs.get("/contacts").path.hasPrefix("/sign-in"))
            }
            #expect(try await bench.user("new").isActive == false)
        }
        let actions = Set(try await bench.read { try AuditTrail.list($0, $1, limit: 10).compactMap(\.action) })
        #expect(actions.isSuperset(of: [.userCreated, .userDeactivated, .placeChanged, .levelChanged]))
    }

    @Test func `an administrator sets a user's language and time zone, and what the form lacks stays`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            let form = try await browser.get("/settings/users/new")
            #expect(form.text.contains("<option value=\"Europe/London\" selected>"), "that of whoever adds the user")
            try await browser.post(
                "/settings/users",
                [
                    "new": "1", "name": "Emi Sato", "email": "emi@aldermoor.example", "password": "a first password",
                    "language": "fr", "time-zone": "Asia/Tokyo", "level": "0",
                ])
            let emi = try await bench.user("emi")
            #expect(emi.language == .french && emi.timeZone == "Asia/Tokyo")
            let page = try await browser.get("/settings/users/\(emi.id)")
            #expect(page.text.contains("<option value=\"Asia/Tokyo\" selected>"))
            let fields: KeyValuePairs = ["name": "Emi Sato", "email": emi.email, "active": "1"]
            try await browser.post("/settings/users/\(emi.id)", fields)
            #expect(try await bench.user("emi").timeZone == "Asia/Tokyo")
            let moved: KeyValuePairs = [
                "name": "Emi Sato", "email": emi.email, "active": "1", "time-zone": "Pacific/Auckland",
                "language": "en",
            ]
            try await browser.post("/settings/users/\(emi.id)", moved)
            let after = try await bench.user("emi")
            #expect(after.timeZone == "Pacific/Auckland" && after.language == .english)
            let forged: KeyValuePairs = [
                "name": "Emi Sato", "email": emi.email, "active": "1", "time-zone": "Mars/Olympus",
            ]
            try await browser.post("/settings/users/\(emi.id)", forged)
            #expect(try await bench.user("emi").timeZone == "Pacific/Auckland")
        }
    }

    @Test func `a user's form tells of a short password and of an address that is taken at once`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            try await browser.get("/settings/users/new")
            let refused = try await browser.post(
                "/settings/users",
                ["new": "1", "name": "Tom", "email": "Tom.Ashworth@aldermoor.example", "password": "short"])
            #expect(refused.words.contains("is already the address of Tom Ashworth."))
            #expect(refused.words.contains("The password needs at least 10 characters."))
            let tom = try await bench.user("tom.ashworth")
            let own = try await browser.post(
                "/settings/users/\(tom.id)", ["name": "Tom", "email": tom.email, "password": "short", "active": "1"])
            #expect(own.words.contains("The password needs") && !own.words.contains("is already the address"))
        }
    }

    @Test func `the only administrator cannot give that up, nor can someone stand below themselves`() async throws {
        let bench = try await WebBench()
        let (daniel, priya, tom) = (
            try await bench.user("daniel.okafor"), try await bench.user("priya.raman"),
            try await bench.user("tom.ashworth")
        )
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            try await browser.get("/settings/users")
            let alone = try await browser.post(
                "/settings/users/\(daniel.id)", ["name": "D", "email": daniel.email, "active": "1"])
            #expect(alone.words.contains("only administrator"))
            let circle = try await browser.post(
                "/settings/users/\(priya.id)",
                ["name": "P", "email": priya.email, "active": "1", "place": "\(tom.id)", "level": "1"])
            #expect(circle.words.contains("Tom Ashworth stands below this person"))
            #expect(try await bench.user("priya.raman") == priya)
        }
    }

    @Test func `the organisation's rules are changed, and a wrong domain is refused with what was typed`() async throws
    {
        let bench = try await WebBench()
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            try await browser.get("/settings/organization")
            let refused = try await browser.post(
                "/settings/organization", ["name": "New", "domains": "one.example, no!"])
            #expect(
                refused.words.contains("“no!” is not a domain.") && refused.text.contains("one.example, no!</textarea>")
            )
            try await browser.post(
                "/settings/organization",
                ["name": "New", "domains": "ONE.example\n@two.example", "direction": "sent", "equals": "superior"])
            let organization = try #require(try await bench.read { try Organizations.find($0, $1) })
            #expect(organization.name == "New" && organization.ownDomains == ["one.example", "two.example"])
            #expect(!organization.mirrorsReceived && organization.equals == .sameSuperior)
        }
    }

    @Test func `exclusions are added and removed, and both are recorded`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            try await browser.get("/settings/exclusions")
            let added = try await browser.post(
                "/settings/exclusions", ["pattern": "Lawyers.example", "reason": "Ours"])
            #expect(added.words.contains("@lawyers.example Everyone there Ours"))
            let all = try await bench.read { try Exclusions.list($0, $1) }
            #expect(all.contains { $0.pattern == "@lawyers.example" })
            for exclusion in all { try await browser.post("/settings/exclusions/\(exclusion.id)/remove") }
            #expect(try await browser.get("/settings/exclusions").words.contains("Nothing is excluded"))
        }
        let actions = try await bench.read { try AuditTrail.list($0, $1, limit: 4).map(\.action) }
        #expect(actions == [.exclusionRemoved, .exclusionRemoved, .exclusionRemoved, .exclusionAdded])
    }

    @Test func `the organisation's own domain cannot be excluded, which would empty every card`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            try await browser.get("/settings/exclusions")
            let count = try await bench.read { try Exclusions.list($0, $1).count }
            for pattern in ["Aldermoor.example", "@aldermoor.example"] {
                let refused = try await browser.post("/settings/exclusions", ["pattern": pattern])
                #expect(refused.status == .unprocessableContent)
                #expect(refused.words.contains("aldermoor.example is your organisation's own domain"))
            }
            #expect(try await bench.read { try Exclusions.list($0, $1).count } == count)
            let added = try await browser.post("/settings/exclusions", ["pattern": "hr@aldermoor.example"])
            #expect(added.words.contains("hr@aldermoor.example"))
        }
    }

    @Test func `dates are shown in the person's own time zone`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/settings/profile")
            let saved = try await browser.post("/settings/profile", ["name": "Tom A", "time-zone": "Asia/Tokyo"])
            #expect(saved.words.contains("Your profile was saved.") && saved.words.contains("Tom A"))
            // 1,790,000,000 is 21 September 2026, 14:13 in UTC.
            #expect(try await browser.get("/settings/sessions").words.contains("Last used 23:13"))
        }
    }
}
