import CRM
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite struct ContactPageTests {
    @Test func `a contact is added, found, changed and deleted`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/contacts/new")
            let added = try await browser.post(
                "/contacts",
                ["first-name": "Jürgen", "last-name": "Müller", "address": "j.mueller@firm.example", "account": "2"])
            #expect(added.words.contains("The contact was added.") && added.words.contains("j.mueller@firm.example"))
            let card = String(added.path.prefix { $0 != "?" })
            #expect(try await browser.get("/contacts?q=muller").text.contains(card))
            #expect(try await browser.get("/search?q=mueller").text.contains(card))

            try await browser.get(card + "/edit")
            let saved = try await browser.post(card + "/edit", ["last-name": "Meier", "address": "meier@firm.example"])
            #expect(saved.words.contains("Meier") && !saved.words.contains("Müller"))

            #expect(try await browser.get(card + "/delete").words.contains("Delete Meier?"))
            #expect(try await browser.post(card + "/delete").path == "/contacts?notice=contact-deleted")
            #expect(try await browser.get(card).status == .notFound)
        }
        let actions = try await bench.read { try AuditTrail.list($0, $1, limit: 1).map(\.action) }
        #expect(actions == [.contactDeleted])
    }

    @Test func `a form with a mistake keeps all that was typed and says what is wrong beside the field`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/contacts/new")
            let answer = try await browser.post(
                "/contacts",
                ["first-name": "Ann", "notes": "Kept", "address": "ann@firm.example", "address": "no address"])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.words.contains("“no address” is not an email address."))
            for kept in ["value=\"Ann\"", "value=\"ann@firm.example\"", "value=\"no address\" ", ">Kept</textarea>"] {
                #expect(answer.text.contains(kept), "\(kept)")
            }
        }
    }

    @Test func `an address that another contact has is refused with a way to that contact`() async throws {
        let bench = try await WebBench()
        let alice = try await bench.contact("Alice Marsh")
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/contacts/new")
            let answer = try await browser.post(
                "/contacts", ["last-name": "X", "address": "A.Marsh@brightwell.example"])
            #expect(answer.words.contains("already belongs to Alice Marsh"))
            #expect(answer.links.contains("/contacts/\(alice)"))
        }
    }

    @Test func `without scripts another address field is asked for with the form`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/contacts/new")
            let answer = try await browser.post("/contacts", ["address": "a@firm.example", "more": "1"])
            #expect(answer.text.matches(of: /name="address"/).count == 2)
            #expect(answer.text.contains("value=\"a@firm.example\""))
        }
    }

    @Test func `paging through the contacts shows each of them once`() async throws {
        let bench = try await WebBench()
        try await bench.write { tx, organization in
            for index in 0..<75 {
                var form = ContactForm()
                form.lastName = "Number \(index % 7)"
                _ = try Contacts.create(tx, organization, try form.validated(), now: 1)
            }
        }
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            var seen: [String] = []
            var next: String? = "/contacts"
            while let path = next {
                let page = try await browser.get(path)
                seen += page.links.filter { $0.firstMatch(of: /^\/contacts\/\d+$/) != nil }
                next = page.links.first { $0.contains("after=") }
            }
            #expect(seen.count == 115 && Set(seen).count == 115)
        }
    }

    @Test func `an account that goes leaves its contacts`() async throws {
        let bench = try await WebBench()
        let alice = try await bench.contact("Alice Marsh")
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let card = try await browser.get("/contacts/\(alice)")
            let account = try #require(card.links.first { $0.hasPrefix("/accounts/") })
            #expect(try await browser.get(account + "/contacts").words.contains("Alice Marsh"))
            try await browser.get(account + "/delete")
            try await browser.post(account + "/delete")
            #expect(try await browser.get(account).status == .notFound)
            #expect(try await !browser.get("/contacts/\(alice)").words.contains("Brightwell"))
        }
    }

    @Test func `a duplicate is found, shown and merged, and it is recorded`() async throws {
        let bench = try await WebBench()
        let alice = try await bench.contact("Alice Marsh")
        let duplicate = try await bench.write { tx, organization in
            var form = ContactForm()
            (form.lastName, form.addresses) = ("Marsh", ["alice@home.example"])
            return try Contacts.create(tx, organization, try form.validated(), now: 1)
        }
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let search = try await browser.get("/contacts/\(alice)/merge")
            #expect(search.links.contains("/contacts/\(alice)/merge?with=\(duplicate)"))
            let question = try await browser.get("/contacts/\(alice)/merge?with=\(duplicate)")
            #expect(
                question.words.contains("Merge Marsh into Alice Marsh?")
                    && question.words.contains("alice@home.example"))
            #expect(try await browser.get("/contacts/\(alice)/merge?with=\(alice)").status == .notFound)
            let merged = try await browser.post("/contacts/\(alice)/merge", ["with": "\(duplicate)"])
            #expect(merged.words.contains("The two contacts are one now"))
            #expect(merged.words.contains("alice@home.example"))
            #expect(try await browser.get("/contacts/\(duplicate)").status == .notFound)
        }
        #expect(try await bench.read { try AuditTrail.list($0, $1, limit: 1).map(\.action) } == [.contactsMerged])
    }

    @Test func `a list keeps what it is narrowed to and sorted by through its pages, its heads and the export`()
        async throws
    {
        let bench = try await WebBench()
        let (tom, account) = (try await bench.user("tom.ashworth").id, try await bench.contact("Alice Marsh"))
        let company = try #require(try await bench.read { try Contacts.find($0, $1, account)?.account })
        try await bench.write { tx, organization in
            for index in 0..<120 {
                var form = ContactForm()
                form.lastName = "Number \(index)"
                form.owner = index % 2 == 0 ? tom : nil
                form.account = company
                _ = try Contacts.create(tx, organization, try form.validated(), now: Int64(index))
            }
        }
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let state = "q=number&owner=me&account=\(company)&sort=-created"
            let list = try await browser.get("/contacts?" + state)
            let cards = list.links.filter { $0.firstMatch(of: /^\/contacts\/\d+$/) != nil }
            #expect(cards.count == 50 && list.words.contains("Number 118") && !list.words.contains("Number 117"))
            #expect(list.text.contains("aria-sort=\"descending\"") && list.words.contains("Created"))
            let next = try #require(list.links.first { $0.contains("after=") })
            #expect(next.hasPrefix("/contacts?" + state + "&after="))
            #expect(list.links.contains("/contacts?q=number&owner=me&account=\(company)&sort=created"))
            #expect(list.links.contains("/contacts?q=number&owner=me&account=\(company)"))
            #expect(list.links.contains("/contacts?q=number&owner=me&sort=-created"))
            #expect(list.links.contains("/contacts/export?" + state))
            let second = try await browser.get(next)
            #expect(second.links.filter { $0.firstMatch(of: /^\/contacts\/\d+$/) != nil }.count == 10)
            #expect(second.words.contains("Number 0") && second.links.contains("/contacts?" + state))

            let question = try await browser.get("/contacts/export?" + state)
            #expect(question.words.contains("The contacts that the list is narrowed to"))
            let file = try await browser.post(
                "/contacts/export",
                ["format": "csv", "q": "number", "owner": "me", "account": "\(company)", "sort": "-created"])
            let lines = file.text.split(whereSeparator: \.isNewline).dropFirst()
            #expect(lines.count == 60 && lines.first?.contains("Number 118") == true)
        }
    }

    @Test func `what an address says that no list knows is passed over`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let all = try await browser.get("/contacts").links
            for query in ["owner=x", "sort=x", "sort=--name", "emails=x", "account=x", "after=x", "after=%5B1%5D"] {
                let page = try await browser.get("/contacts?" + query)
                #expect(page.status == .ok)
                #expect(page.links.filter { $0.hasPrefix("/contacts/") } == all.filter { $0.hasPrefix("/contacts/") })
            }
            #expect(try await browser.get("/accounts?sort=account&emails=none&account=1").status == .ok)
            #expect(try await browser.get("/contacts?after=%5B1%2C2%2C3%2C4%5D&sort=account").status == .ok)
        }
    }
}
