import Foundation
import Sandbox
import Testing

/// The whole sandbox driven from outside, without a line of Swift of its own.
@Suite
struct `Controls over HTTP` {
    @Test func `a mailbox is set up, lived in and counted through the controls alone`() async throws {
        let sandbox = try await MicrosoftSandbox.start()
        let controls = Caller("\(sandbox.url)/sandbox")
        let app = try await controls.post("/apps", ["secret": "s3cret", "redirectUris": ["https://crm.example/back"]])
        let made = try await controls.post(
            "/accounts",
            ["principalName": "anna@contoso.example", "displayName": "Anna Berg", "mail": "berg@contoso.example"])
        #expect(made.json["mail"] == "berg@contoso.example")
        let account = "/accounts/anna@contoso.example"
        let tokens = try await controls.post(
            "\(account)/tokens", ["clientId": app.json["clientId"] ?? .null, "scopes": ["User.Read", "Mail.Read"]])
        let graph = Caller(
            "\(sandbox.url)/v1.0", token: tokens.json["accessToken"]?.string, prefer: "IdType=\"ImmutableId\"")
        func act(_ act: JSONValue) async throws -> JSONValue {
            let answer = try await controls.post("\(account)/acts", act)
            #expect(answer.status == 200, "\(answer.text)")
            return answer.json
        }
        func messages() async throws -> Int {
            try await graph.get("/me/mailFolders/inbox/messages").json["value"]?.array?.count ?? -1
        }
        let letter = try await act([
            "act": "receive", "from": ["address": "carl@customer.example", "name": "Carl"],
            "to": ["berg@contoso.example"],
            "subject": "Order", "text": "Ten, please.",
        ])
        let id = letter["messageId"] ?? .null
        #expect(try await messages() == 1)
        for step in ["delete", "restore", "permanentlyDelete", "restore"] {
            _ = try await act(["act": .string(step), "messageId": id])
            #expect(try await messages() == (step == "restore" ? 1 : 0))
        }
        _ = try await act(["act": "createFolder", "name": "Projects"])
        _ = try await act(["act": "move", "messageId": id, "to": "Projects"])
        _ = try await act(["act": "renameFolder", "folder": "Projects", "to": "Work"])
        _ = try await act(["act": "deleteFolder", "folder": "Work"])
        let summary = try await controls.get("\(account)/mailbox").json["folders"]?.array ?? []
        let work = summary.first { $0["name"] == "Work" }
        #expect(work?["in"] == "Deleted Items")
        #expect(work?["messages"]?[0]?["subject"] == "Order")
        #expect(
            try await controls.post("/faults", ["effect": "throttle", "retryAfter": 5, "path": "/me"]).status == 200)
        #expect(try await graph.get("/me").headers["retry-after"] == "5")
        let calls = try await controls.get("/calls").json.array ?? []
        #expect(calls.last?["status"] == 429)
        #expect(calls.allSatisfy { $0["path"]?.string?.hasPrefix("/sandbox") == false })
        let before = try await controls.get("/clock").json["now"]?.string ?? ""
        let after = try await controls.post("/clock", ["advance": 3601]).json["now"]?.string ?? ""
        #expect(after > before)
        #expect(try await graph.get("/me").status == 401)
        await sandbox.stop()
    }

    @Test(arguments: [
        ("POST", "/accounts/nobody/acts", #"{"act":"receive"}"#, "no account nobody"),
        ("POST", "/faults", #"{"effect":"explode"}"#, "no effect 'explode'"),
        ("PATCH", "/quirks", #"{"color":1}"#, "no quirk 'color'"), ("GET", "/colour", "", "no control"),
        ("POST", "/apps", "[]", "no JSON object"), ("POST", "/apps", "{}", "redirectUris"),
    ])
    func `what is not understood is refused with a sentence`(
        method: String, path: String, body: String, words: String
    ) async throws {
        let sandbox = try await MicrosoftSandbox.start()
        let answer = try await Caller("\(sandbox.url)/sandbox").call(
            method, path, body: body.isEmpty ? nil : Data(body.utf8), type: "application/json")
        #expect(answer.status == 400)
        #expect(answer.json["error"]?.string?.contains(words) == true, "\(answer.text)")
        await sandbox.stop()
    }
}
