import Foundation
import Sandbox
import Testing

@Suite
struct `Messages of the sandbox` {
    @Test func `the immutable id outlives a move, and the other one dies with it`() async throws {
        try await Office.open { office in
            let id = try office.receive(1...1)[0]
            let immutable = office.sandbox.graphID(of: id, in: office.anna)
            let passing = office.sandbox.graphID(of: id, in: office.anna, immutable: false)
            #expect(try await office.caller.get("/me/messages/\(passing)").status == 200)
            try office.sandbox.withMailbox(of: office.anna) { mailbox, now in
                try mailbox.move(id, to: mailbox.folder(.archive).id, at: now)
            }
            #expect(try await office.caller.get("/me/messages/\(immutable)").json["id"]?.string == immutable)
            let dead = try await office.caller.get("/me/messages/\(passing)")
            #expect(dead.status == 404)
            #expect(dead.json["error"]?["code"] == "ErrorItemNotFound")
            #expect(try await office.caller.get("/me/messages/\(immutable.uppercased())").status == 400)
            let plain = Caller("\(office.sandbox.url)/v1.0", token: office.caller.token)
            let listed = try await plain.get("/me/messages").json["value"]?[0]?["id"]?.string
            #expect(listed != immutable && listed != passing)
        }
    }

    @Test func `a text comes as text where the client asks, else as HTML`() async throws {
        try await Office.open { office in
            let id = try office.sandbox.withMailbox(of: office.anna) { mailbox, now in
                mailbox.deliver(
                    office.letter(1, text: nil, html: "<p>1 &lt; 2</p><p>So it is.</p>"),
                    to: mailbox.folder(.inbox).id, at: now)
            }
            let path = "/me/messages/\(office.sandbox.graphID(of: id, in: office.anna))?$select=body"
            #expect(try await office.caller.get(path).json["body"]?["contentType"] == "html")
            let text = try await office.caller.get(
                path, prefer: "IdType=\"ImmutableId\", outlook.body-content-type=\"text\"")
            #expect(text.json["body"] == ["contentType": "text", "content": "1 < 2\r\nSo it is."])
            #expect(text.headers["preference-applied"]?.contains("outlook.body-content-type=\"text\"") == true)
        }
    }

    @Test(arguments: [
        ("\"participants:carl@customer.example\"", [1, 2]), ("\"from:carl@customer.example\"", [1]),
        ("\"to:carl@customer.example OR subject:third\"", [2, 3]), ("\"recipients:carl\"", [2]), ("\"arl\"", []),
        ("\"subject:third AND from:dora\"", [3]),
    ])
    func `a search finds by participants and words`(search: String, wanted: [Int]) async throws {
        try await Office.open { office in
            try office.sandbox.withMailbox(of: office.anna) { mailbox, now in
                let inbox = mailbox.folder(.inbox).id
                mailbox.deliver(office.letter(1), to: inbox, at: now)
                let sent = office.letter(2, from: "anna.berg@contoso.example", to: "carl@customer.example")
                mailbox.deliver(sent, to: mailbox.folder(.sent).id, at: now)
                var third = office.letter(3, from: "dora@customer.example", subject: "The third")
                third.from = MailboxAddress("dora@customer.example")
                mailbox.deliver(third, to: inbox, at: now)
                mailbox.deliver(office.letter(4), to: mailbox.folder(.recoverable).id, at: now)
            }
            let found = try await office.caller.get("/me/messages?$search=\(search)&$select=internetMessageId")
            let ids = (found.json["value"]?.array ?? []).compactMap { $0["internetMessageId"]?.string }
            let names = wanted.map { "<\($0)@customer.example>" }
            #expect(Set(ids) == Set(names))
        }
    }

    @Test func `filters, order, pages and counts work together`() async throws {
        try await Office.open { office in
            let ids = try office.receive(1...7)
            try office.sandbox.withMailbox(of: office.anna) { mailbox, now in
                try mailbox.setRead(true, of: ids[6], at: now)
            }
            let filter =
                "isRead eq false and startswith(subject,'Letter') and from/emailAddress/address eq 'CARL@customer.example'"
            var next: String? =
                "/me/messages?$filter=\(filter)&$orderby=receivedDateTime desc&$top=4&$count=true&$select=subject"
            var pages: [[String]] = []
            while let path = next {
                let page = try await office.caller.get(path)
                #expect(page.json["@odata.count"] == 6)
                pages.append((page.json["value"]?.array ?? []).compactMap { $0["subject"]?.string })
                next = page.json["@odata.nextLink"]?.string
            }
            #expect(pages == [["Letter 6", "Letter 5", "Letter 4", "Letter 3"], ["Letter 2", "Letter 1"]])
            let since = Office.morning.addingTimeInterval(5).formatted(.iso8601)
            let recent = try await office.caller.get(
                "/me/mailFolders/inbox/messages?$filter=receivedDateTime ge \(since)")
            #expect(recent.json["value"]?.array?.count == 3)
            let any = "toRecipients/any(r:r/emailAddress/address eq 'anna.berg@contoso.example')"
            #expect(try await office.caller.get("/me/messages/$count?$filter=\(any)").text == "7")
            #expect(try await office.caller.get("/me/messages?$filter=isRead eq").status == 400)
            #expect(try await office.caller.get("/me/messages?$search=\"x\"&$filter=isRead eq true").status == 400)
            #expect(try await office.caller.get("/me/messages?$select=colour").status == 400)
        }
    }

    @Test func `a letter that is sent goes out once, and is kept where the client wants it`() async throws {
        try await Office.open { office in
            let ben = office.sandbox.add(MicrosoftAccount(principalName: "ben@contoso.example", displayName: "Ben"))
            func letter(_ subject: String, saved: Bool?) -> JSONValue {
                var body: JSONValue = [
                    "message": [
                        "subject": .string(subject), "body": ["contentType": "Text", "content": "Here."],
                        "toRecipients": [["emailAddress": ["address": "ben@contoso.example"]]],
                        "bccRecipients": [["emailAddress": ["address": "carl@customer.example"]]],
                    ]
                ]
                if let saved { body["saveToSentItems"] = .bool(saved) }
                return body
            }
            #expect(try await office.caller.post("/me/sendMail", letter("Kept", saved: nil)).status == 202)
            #expect(try await office.caller.post("/me/sendMail", letter("Not kept", saved: false)).status == 202)
            let own = try office.sandbox.mailbox(of: office.anna)
            #expect(own.messages(in: own.folder(.sent).id).map(\.letter.subject) == ["Kept"])
            let his = try office.sandbox.mailbox(of: ben)
            #expect(Set(his.messages(in: his.folder(.inbox).id).map(\.letter.subject)) == ["Kept", "Not kept"])
            #expect(his.messages(in: his.folder(.inbox).id).allSatisfy { $0.letter.bcc.isEmpty })
            let none = try await office.caller.post("/me/sendMail", ["message": ["subject": "x"]])
            #expect(none.json["error"]?["code"] == "ErrorInvalidRecipients")
            let other = try await office.caller.post(
                "/me/sendMail",
                [
                    "message": [
                        "from": ["emailAddress": ["address": "boss@contoso.example"]],
                        "toRecipients": [["emailAddress": ["address": "ben@contoso.example"]]],
                    ]
                ])
            #expect(other.json["error"]?["code"] == "ErrorSendAsDenied")
        }
    }

    @Test func `who one is tells the aliases, and a mailbox that is not there is not found`() async throws {
        try await Office.open { office in
            let me = try await office.caller.get("/me?$select=mail,userPrincipalName,proxyAddresses")
            #expect(me.json["mail"] == "anna.berg@contoso.example")
            #expect(me.json["proxyAddresses"] == ["SMTP:anna.berg@contoso.example", "smtp:berg@contoso.example"])
            #expect(try await office.caller.get("/me").json["proxyAddresses"] == nil)
            try office.sandbox.change(office.anna) { $0.hasMailbox = false }
            #expect(
                try await office.caller.get("/me/mailFolders").json["error"]?["code"] == "MailboxNotEnabledForRESTAPI")
            #expect(try await office.caller.get("/users/ben@contoso.example/messages").status == 403)
        }
    }
}
