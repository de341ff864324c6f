import CRM
import Database
import Foundation
import Mail
import Mirror
import Store
import Testing

@testable import Web

/// Visits every page in all the states that a template tells apart.
enum PageTour {
    /// Before and just after the first start.
    static func firstStart(_ bench: WebBench) async throws {
        try await bench.browse { browser in
            try await browser.get("/")
            try await browser.post("/setup", ["email": "x", "password": "short"])
            try await browser.post(
                "/setup",
                ["organization": "Acme", "name": "Ann", "email": "ann@acme.example", "password": "a good password"])
            for path in [
                "/contacts", "/accounts", "/tasks", "/tasks/week", "/search", "/settings/exclusions",
                "/settings/mailbox",
            ] {
                try await browser.get(path)
            }
            try await browser.post("/accounts", ["name": "Only one"])
            try await browser.get("/accounts/1/contacts")
            try await browser.post("/contacts", ["last-name": "No address"])
            try await browser.get("/contacts/1")
        }
    }

    static func signedOut(_ bench: WebBench) async throws {
        try await bench.browse { browser in
            try await browser.get("/sign-in?sample=1&next=/accounts&notice=signed-out")
            try await browser.post("/sign-in", ["email": "tom.ashworth@aldermoor.example", "password": "no"])
            try await browser.get("/assets/none/none.css")
        }
    }

    static func fullDisk(_ bench: WebBench) async throws {
        try await bench.limitPages(more: 0)
        try await bench.browse(as: "tom.ashworth") { browser in
            try await browser.post(
                "/contacts", ["last-name": "Long", "notes": String(repeating: "x", count: 19_000)])
        }
        try await bench.limitPages(more: 100_000)
    }

    static func cards(_ bench: WebBench) async throws {
        let tom = try await bench.user("tom.ashworth")
        let (contact, account) = try await bench.write { tx, organization in
            var company = AccountForm()
            company.name = "Everything Ltd"
            company.domain = "everything.example"
            company.phone = "+1 5550 100"
            company.address = "1 High Street"
            company.city = "York"
            company.country = "United Kingdom"
            company.industry = "All"
            company.notes = "Two\nlines"
            company.owner = tom.id
            let account = try Accounts.create(tx, organization, try company.validated(), now: 1)
            var form = ContactForm()
            form.firstName = "Full"
            form.lastName = "Person"
            form.title = "Title"
            form.phone = "+1 5550 101"
            form.notes = "Notes"
            form.owner = tom.id
            form.account = account
            form.addresses = ["full@everything.example", "other@everything.example"]
            let contact = try Contacts.create(tx, organization, try form.validated(), now: 1)
            for index in 0..<60 {
                var form = ContactForm()
                form.lastName = "Number \(index)"
                form.account = account
                _ = try Contacts.create(tx, organization, try form.validated(), now: 1)
                var company = AccountForm()
                company.name = "Number \(index)"
                _ = try Accounts.create(tx, organization, try company.validated(), now: 1)
            }
            return (contact, account)
        }
        try await bench.browse(as: "tom.ashworth") { browser in
            for path in [
                "/contacts", "/accounts", "/search?q=brightwell", "/search?q=number", "/search?q=zzz",
                "/contacts?q=zzz", "/contacts?sort=-created&account=\(account)",
                "/contacts?owner=none&emails=none&sort=account",
                "/contacts?owner=me&emails=quiet-90&q=zzz", "/accounts?owner=me&sort=-changed",
                "/accounts?owner=\(tom.id)&q=zzz",
                "/accounts?q=zzz", "/contacts/\(contact)", "/accounts/\(account)", "/accounts/\(account)/contacts",
                "/contacts/new", "/contacts/\(contact)/edit", "/contacts/\(contact)/delete", "/accounts/new",
                "/contacts/\(contact)/merge", "/contacts/\(contact)/merge?q=number",
                "/contacts/\(contact)/merge?q=zzz", "/contacts/\(contact)/merge?with=1",
                "/accounts/\(account)/edit", "/accounts/\(account)/delete", "/nowhere", "/settings/users",
            ] {
                let page = try await browser.get(path)
                for link in page.links where link.contains("after=") { try await browser.get(link) }
            }
            let long = String(repeating: "x", count: 30_000)
            try await browser.post(
                "/contacts/\(contact)/edit", ["address": "broken", "notes": long, "account": "999", "phone": long])
            try await browser.post("/contacts/\(contact)/edit", ["last-name": "X", "account": "999"])
            try await browser.post("/contacts", ["last-name": "X", "address": "a.marsh@brightwell.example"])
            let many = try await bench.write { tx, organization in
                var form = ContactForm()
                form.addresses = (0..<ContactForm.addressLimit).map { "many\($0)@everything.example" }
                return try Contacts.create(tx, organization, try form.validated(), now: 1)
            }
            try await browser.post("/contacts/\(contact)/merge", ["with": "\(many)"])
            try await browser.post("/accounts", ["name": "", "notes": long])
            try await browser.post("/settings/mailbox/sync")
        }
    }

    static func settings(_ bench: WebBench) async throws {
        try await bench.write { tx, organization in
            let now: Int64 = 1
            let users = try Users.list(tx, organization)
            try Users.setActive(tx, organization, users[0].id, false, now: now)
            var form = UserForm()
            form.name = "No Title"
            form.email = "no.title@aldermoor.example"
            _ = try Users.create(tx, organization, try form.validated(), passwordHash: nil, now: now)
        }
        try await bench.browse(as: "daniel.okafor") { browser in
            let daniel = try await bench.user("daniel.okafor").id
            let priya = try await bench.user("priya.raman").id
            let tom = try await bench.user("tom.ashworth").id
            for path in [
                "/settings/profile", "/settings/password", "/settings/sessions", "/settings/organization",
                "/settings/exclusions", "/settings/users", "/settings/users/new", "/settings/users/\(priya)",
            ] { try await browser.get(path) }
            try await browser.post("/settings/profile", ["name": "", "time-zone": "Europe/London"])
            try await browser.post("/settings/profile", ["name": "Daniel", "time-zone": "Nowhere/None"])
            try await browser.post("/settings/password", ["current": "wrong", "new": "whatever it is"])
            try await browser.post("/settings/password", ["current": SampleCompany.password, "new": "short"])
            try await browser.post("/settings/organization", ["name": "", "domains": "no domain"])
            try await browser.post(
                "/settings/organization",
                ["name": "A", "domains": "aldermoor.example", "direction": "sent", "equals": "superior"])
            try await browser.post("/settings/exclusions", ["pattern": "broken"])
            try await browser.post("/settings/exclusions", ["pattern": "lawyers.example", "reason": "Lawyers"])
            try await browser.post("/settings/exclusions", ["pattern": "hr@aldermoor.example"])
            try await browser.post("/settings/users", ["new": "1"])
            let same: KeyValuePairs = ["name": "D", "email": "daniel.okafor@aldermoor.example", "active": "1"]
            try await browser.post("/settings/users/\(daniel)", same)
            try await browser.post(
                "/settings/users/\(priya)",
                ["name": "P", "email": "p@aldermoor.example", "active": "1", "place": "\(tom)", "password": "short"])
            try await browser.post(
                "/settings/users/\(priya)",
                ["name": "P", "email": "p@aldermoor.example", "active": "1", "place": "\(tom)"])
        }
    }

    /// The hierarchy, seats, sign-in links and the audit trail.
    static func people(_ bench: WebBench) async throws {
        let eleanor = try await bench.user("eleanor.whitfield").id
        let tom = try await bench.user("tom.ashworth").id
        let (seat, token) = try await bench.write { tx, organization in
            var form = UserForm()
            for number in 0..<30 {
                (form.name, form.email) = ("Number \(number)", "number\(number)@aldermoor.example")
                let user = try Users.create(tx, organization, try form.validated(), passwordHash: nil, now: 1)
                try Users.place(tx, organization, user, .below(eleanor), now: 1)
                try AuditTrail.record(tx, organization, by: eleanor, .signedIn, now: 1)
                try AuditTrail.record(tx, organization, by: nil, .organizationCreated, ["name": "A"], now: 1)
            }
            (form.name, form.email) = ("Enquiries", "enquiries@aldermoor.example")
            let seat = try Users.createSeat(tx, organization, try form.validated(), of: tom, now: 1)
            let token = try Invitations.make(tx, organization, tom, random: SystemRandomSource(), now: 1_790_000_000)
            return (seat, token.expose())
        }
        for number in 0..<30 { _ = try await bench.addMailbox(of: "number\(number)") }
        try await bench.browse(as: "daniel.okafor") { browser in
            for path in [
                "/settings/hierarchy", "/settings/hierarchy?user=\(eleanor)", "/settings/seats/new",
                "/settings/seats/\(seat)", "/settings/users", "/settings/audit", "/settings/users/\(tom)",
            ] {
                let page = try await browser.get(path)
                for link in page.links where link.contains("before=") { try await browser.get(link) }
            }
            let daniel = try await bench.user("daniel.okafor").id
            try await browser.get("/settings/hierarchy?user=\(daniel)")
            try await browser.post("/settings/seats", ["name": "", "email": "x", "person": ""])
            try await browser.post("/settings/seats", ["name": "S", "email": "s@aldermoor.example", "person": ""])
            try await browser.post("/settings/users/\(tom)/invitation")
            let owners = try await bench.read { try Users.list($0, $1) }.filter { $0.name.hasPrefix("Number") }
            let csrf = try await browser.get("/settings/hierarchy").text.firstMatch(of: /name="csrf" value="([^"]*)"/)
            let fields = ["csrf=\(try #require(csrf).output.1)"] + owners.map { "owner=\($0.id)" }
            _ = try await browser.send(
                .post, "/settings/hierarchy/\(eleanor)/choice", body: fields.joined(separator: "&"))
        }
        try await bench.browse(as: "tom.ashworth") { browser in
            for page in ["", "/connect"] { try await browser.get("/settings/seats/\(seat)/mailbox\(page)") }
            try await browser.connectMailbox("enquiries@aldermoor.example", base: "/settings/seats/\(seat)/mailbox")
        }
        try await bench.browse { browser in
            try await browser.get("/invitation?token=\(token)")
            try await browser.get("/invitation?token=none")
            let made = try await bench.write { tx, organization in
                try Invitations.make(tx, organization, tom, random: SystemRandomSource(), now: 1_790_000_000).expose()
            }
            try await browser.get("/invitation?token=\(made)")
            try await browser.post("/invitation", ["token": made, "password": "short"])
        }
    }
}
