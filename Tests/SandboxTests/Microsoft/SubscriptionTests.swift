import Foundation
import Sandbox
import Testing

@Suite("Subscriptions of the sandbox")
struct SubscriptionTests {
    static func body(_ hook: Hook, hours: Double = 24, resource: String = "me/messages") -> JSONValue {
        [
            "changeType": "created,updated,deleted", "notificationUrl": .string(hook.url),
            "lifecycleNotificationUrl": .string(hook.url), "resource": .string(resource), "clientState": "state",
            "expirationDateTime": .string(Office.morning.addingTimeInterval(hours * 3600).formatted(.iso8601)),
        ]
    }

    private func with(_ work: (Office, Hook) async throws -> Void) async throws {
        let hook = try await Hook.open()
        do { try await Office.open { office in try await work(office, hook) } } catch {
            await hook.close()
            throw error
        }
        await hook.close()
    }

    @Test func `an address that does not answer the handshake gets no subscription`() async throws {
        try await with { office, hook in
            hook.state.withLock { $0.answersHandshake = false }
            let refused = try await office.caller.post("/subscriptions", Self.body(hook))
            #expect(refused.status == 400)
            #expect(refused.json["error"]?["code"] == "ValidationError")
            #expect(office.sandbox.subscriptions.isEmpty)
        }
    }

    @Test func `what happens to the mail is told with the client's state and immutable ids`() async throws {
        try await with { office, hook in
            _ = try await office.caller.post("/subscriptions", Self.body(hook))
            let id = try office.receive(1...1)[0]
            await office.sandbox.settle()
            try office.sandbox.withMailbox(of: office.anna) { mailbox, now in try mailbox.setRead(true, of: id, at: now)
            }
            await office.sandbox.settle()
            try office.sandbox.withMailbox(of: office.anna) { mailbox, now in
                try mailbox.permanentlyDelete(id, at: now)
            }
            await office.sandbox.settle()
            #expect(hook.notifications.map { $0["changeType"]?.string } == ["created", "updated", "deleted"])
            #expect(hook.notifications.allSatisfy { $0["clientState"] == "state" })
            let graph = office.sandbox.graphID(of: id, in: office.anna)
            #expect(hook.notifications.allSatisfy { $0["resourceData"]?["id"]?.string == graph })
        }
    }

    @Test func `a subscription to one folder hears of that folder`() async throws {
        try await with { office, hook in
            let made = try await office.caller.post(
                "/subscriptions", Self.body(hook, resource: "me/mailFolders('inbox')/messages"))
            #expect(made.status == 201)
            let id = try office.receive(1...1)[0]
            try office.sandbox.withMailbox(of: office.anna) { mailbox, now in
                try mailbox.move(id, to: mailbox.createFolder("Projects"), at: now)
                try mailbox.setRead(true, of: id, at: now)
            }
            await office.sandbox.settle()
            // In no order that one could rely on.
            #expect(hook.notifications.compactMap { $0["changeType"]?.string }.sorted() == ["created", "deleted"])
        }
    }

    @Test func `it ends at its time unless it is renewed, and lasts no longer than the service allows`() async throws {
        try await with { office, hook in
            #expect(try await office.caller.post("/subscriptions", Self.body(hook, hours: 169)).status == 400)
            #expect(try await office.caller.post("/subscriptions", Self.body(hook, hours: -1)).status == 400)
            let made = try await office.caller.post("/subscriptions", Self.body(hook, hours: 1))
            let path = "/subscriptions/\(made.json["id"]?.string ?? "")"
            let later: JSONValue = [
                "expirationDateTime": .string(Office.morning.addingTimeInterval(7200).formatted(.iso8601))
            ]
            #expect(try await office.caller.call("PATCH", path, json: later).status == 200)
            office.sandbox.clock.advance(by: 3599)
            #expect(try await office.caller.get(path).status == 200)
            office.sandbox.clock.advance(by: 3601)
            let token = try office.sandbox.tokens(for: office.anna, app: office.app).access
            office.caller.token = token
            #expect(try await office.caller.get(path).status == 404)
            try office.receive(1...1)
            await office.sandbox.settle()
            #expect(hook.notifications.isEmpty)
        }
    }

    @Test func `after reauthorizationRequired nothing is told until the app reauthorises`() async throws {
        try await with { office, hook in
            let made = try await office.caller.post("/subscriptions", Self.body(hook))
            office.sandbox.tell(.reauthorizationRequired, to: office.anna)
            try office.receive(1...1)
            await office.sandbox.settle()
            #expect(hook.notifications.compactMap { $0["lifecycleEvent"]?.string } == ["reauthorizationRequired"])
            #expect(hook.notifications.count == 1)
            let path = "/subscriptions/\(made.json["id"]?.string ?? "")/reauthorize"
            #expect(try await office.caller.post(path, [:]).status == 204)
            try office.receive(2...2)
            await office.sandbox.settle()
            #expect(hook.notifications.compactMap { $0["changeType"]?.string } == ["created"])
        }
    }

    @Test func `a revocation removes the subscription and says so`() async throws {
        try await with { office, hook in
            _ = try await office.caller.post("/subscriptions", Self.body(hook))
            try office.sandbox.revokeSessions(of: office.anna)
            await office.sandbox.settle()
            #expect(hook.notifications.compactMap { $0["lifecycleEvent"]?.string } == ["subscriptionRemoved"])
            #expect(office.sandbox.subscriptions.isEmpty)
        }
    }

    @Test func `a notification that is not taken is tried again and then given up`() async throws {
        try await with { office, hook in
            _ = try await office.caller.post("/subscriptions", Self.body(hook))
            hook.state.withLock { $0.status = 503 }
            try office.receive(1...1)
            #expect(await office.sandbox.settle() == 1)
            #expect(hook.notifications.count == 3)
        }
    }
}
