import CRM
import Store
import Testing

@testable import Web

@Suite struct HierarchyPageTests {
    @Test func `the tree is drawn, and for a person whose mail they see and why`() async throws {
        let bench = try await WebBench()
        for name in ["tom.ashworth", "camille.fournier", "marc.delacroix"] { _ = try await bench.addMailbox(of: name) }
        let marc = try await bench.user("marc.delacroix").id
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            let tree = try await browser.get("/settings/hierarchy")
            let words = tree.words
            #expect(words.contains("Eleanor Whitfield") && words.contains("Outside the hierarchy"))
            #expect(tree.text.contains("class=\"depth-2\"") && !words.contains("Whose mail"))
            let sight = try await browser.get("/settings/hierarchy?user=\(marc)")
            #expect(sight.words.contains("Whose mail Marc Delacroix sees"))
            #expect(sight.words.contains("Camille Fournier camille.fournier@aldermoor.example Below them"))
            #expect(!sight.words.contains("tom.ashworth@aldermoor.example"))
            #expect(try await browser.get("/settings/hierarchy?user=999").status == .notFound)
        }
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            #expect(try await browser.get("/settings/hierarchy").status == .forbidden)
        }
    }

    @Test func `where a level gives too many mailboxes an administrator chooses, and it is recorded`() async throws {
        let bench = try await WebBench()
        let eleanor = try await bench.user("eleanor.whitfield").id
        try await bench.write { tx, organization in
            for number in 0..<40 {
                var form = UserForm()
                form.name = "Number \(100 + number)"
                form.email = "number\(number)@aldermoor.example"
                let user = try Users.create(tx, organization, try form.validated(), passwordHash: nil, now: 1)
                try Users.place(tx, organization, user, .below(eleanor), now: 1)
            }
        }
        for number in 0..<40 { _ = try await bench.addMailbox(of: "number\(number)") }
        let last = try await bench.user("number39").id
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            let page = try await browser.get("/settings/hierarchy?user=\(eleanor)")
            #expect(page.words.contains("15 mailboxes are left out") && page.words.contains("Choose up to 25 others"))
            let chosen = try await browser.post("/settings/hierarchy/\(eleanor)/choice", ["owner": "\(last)"])
            #expect(chosen.words.contains("The choice was saved."))
            let everyone = Array(repeating: "owner", count: 26).enumerated().map {
                "owner=\(last.rawValue - Int64($0.offset))"
            }
            let csrf = try await browser.get("/settings/hierarchy").text.firstMatch(of: /name="csrf" value="([^"]*)"/)
            let token = try #require(csrf).output.1
            let refused = try await browser.send(
                .post, "/settings/hierarchy/\(eleanor)/choice",
                body: "csrf=\(token)&" + everyone.joined(separator: "&"))
            #expect(refused.status == .unprocessableContent && refused.words.contains("You chose 26 mailboxes."))
            #expect(refused.text.matches(of: /name="owner" value="\d+" checked/).count == 26, "what was ticked is kept")
        }
        let visible = try await bench.read { try VisibleMailboxes.of($0, $1, viewer: eleanor) }
        #expect(visible.mailboxes.count == 25 && visible.mailboxes.contains { $0.owner == last })
        let entry = try #require(try await bench.read { try AuditTrail.list($0, $1, limit: 1) }.first)
        #expect(entry.action == .visibilityChosen && entry.subject["value"] == "Number 139")
    }

    @Test func `what the level does not give cannot be chosen by a forged form`() async throws {
        let bench = try await WebBench()
        let (tom, daniel) = (try await bench.user("tom.ashworth").id, try await bench.user("daniel.okafor").id)
        _ = try await bench.addMailbox(of: "daniel.okafor")
        try await bench.browse(as: "daniel.okafor") { (browser) async throws in
            try await browser.get("/settings/hierarchy")
            try await browser.post("/settings/hierarchy/\(tom)/choice", ["owner": "\(daniel)"])
        }
        #expect(try await bench.read { try VisibilityChoices.of($0, $1, viewer: tom) }.isEmpty)
        #expect(try await bench.read { try VisibleMailboxes.of($0, $1, viewer: tom) }.mailboxes.isEmpty)
    }
}
