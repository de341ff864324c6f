import Foundation
import Sandbox
import Testing

@Suite
struct `Faults and limits` {
    @Test func `a planned fault meets the calls that it fits, as often as it was asked to`() async throws {
        try await Office.open { office in
            office.sandbox.faults.add(
                Fault(.throttle(retryAfter: 7), method: "GET", path: "/me/mailFolders", skipping: 1, times: 2))
            var statuses: [Int] = []
            for _ in 0..<4 { statuses.append(try await office.caller.get("/me/mailFolders").status) }
            #expect(statuses == [200, 429, 429, 200])
            office.sandbox.faults.add(Fault(.throttle(retryAfter: 7)))
            let throttled = try await office.caller.get("/me")
            #expect(throttled.headers["retry-after"] == "7")
            #expect(throttled.json["error"]?["code"] == "ApplicationThrottled")
            #expect(office.sandbox.faults.waiting.isEmpty)
            office.sandbox.faults.add(Fault(.rejectToken))
            let rejected = try await office.caller.get("/me")
            #expect(rejected.status == 401)
            #expect(rejected.json["error"]?["code"] == "InvalidAuthenticationToken")
        }
    }

    @Test func `a truncated answer breaks off, a lost one was carried out, a refused one was not`() async throws {
        try await Office.open { office in
            try office.receive(1...3)
            office.sandbox.faults.add(Fault(.truncate(after: 100), path: "/me/messages"))
            await #expect(throws: (any Error).self) { try await office.caller.get("/me/messages") }
            #expect(office.sandbox.calls.calls.last?.sent == 100)
            let letter: JSONValue = [
                "message": [
                    "subject": "Offer", "body": ["contentType": "text", "content": "Here."],
                    "toRecipients": [["emailAddress": ["address": "carl@customer.example"]]],
                ]
            ]
            office.sandbox.faults.add(Fault(.loseAnswer, path: "/sendMail"))
            await #expect(throws: (any Error).self) { try await office.caller.post("/me/sendMail", letter) }
            #expect(office.sandbox.sentLetters.count == 1)
            office.sandbox.faults.add(Fault(.refuse, path: "/sendMail"))
            await #expect(throws: (any Error).self) { try await office.caller.post("/me/sendMail", letter) }
            #expect(office.sandbox.sentLetters.count == 1)
            #expect(office.sandbox.calls.calls.map(\.status).suffix(2) == [0, 0])
        }
    }

    @Test func `an answer can be late, and the token endpoint fails in its own shape`() async throws {
        try await Office.open { office in
            office.sandbox.faults.add(Fault(.delay(milliseconds: 300), path: "/me"))
            let began = ContinuousClock.now
            #expect(try await office.caller.get("/me").status == 200)
            #expect(ContinuousClock.now - began >= .milliseconds(300))
            let desk = Caller(office.sandbox.url)
            office.sandbox.faults.add(Fault(.fail(status: 503, code: "temporarily_unavailable"), path: "/token"))
            office.sandbox.faults.add(Fault(.throttle(retryAfter: 9), path: "/token", skipping: 1))
            let failed = try await desk.post("/common/oauth2/v2.0/token", form: ["grant_type": "refresh_token"])
            #expect(failed.status == 503)
            #expect(failed.json["error"] == "temporarily_unavailable")
            #expect(failed.json["error_description"]?.string?.hasPrefix("AADSTS90033: ") == true)
            let throttled = try await desk.post("/common/oauth2/v2.0/token", form: ["grant_type": "refresh_token"])
            #expect(throttled.status == 429)
            #expect(throttled.headers["retry-after"] == "9")
        }
    }

    @Test func `delta tokens can be forgotten at any page`() async throws {
        try await Office.open { office in
            try office.receive(1...6)
            let prefer = "IdType=\"ImmutableId\", odata.maxpagesize=2"
            office.sandbox.faults.add(Fault(.expireDeltaTokens, path: "/delta", skipping: 1))
            let first = try await office.caller.get("/me/mailFolders/inbox/messages/delta", prefer: prefer)
            let next = first.json["@odata.nextLink"]?.string ?? ""
            let gone = try await office.caller.get(next, prefer: prefer)
            #expect(gone.status == 410)
            #expect(gone.json["error"]?["code"] == "SyncStateNotFound")
            let round = try await office.walk("/me/mailFolders/inbox/messages/delta", prefer: prefer)
            #expect(round.items.count == 6)
            office.sandbox.expireDeltaTokens(of: office.anna)
            #expect(try await office.caller.get(round.link).status == 410)
        }
    }

    @Test func `five calls at once to one mailbox are one too many`() async throws {
        try await Office.open { office in
            office.sandbox.quirks.latency = 400
            let (url, token) = (office.sandbox.url, office.caller.token)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<5 { group.addTask { try await Caller("\(url)/v1.0", token: token).get("/me").status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [200, 200, 200, 200, 429])
            #expect(try await office.caller.get("/me").status == 200)
        }
    }

    @Test func `calls in ten minutes are limited, and the limit passes`() async throws {
        try await Office.open { office in
            office.sandbox.quirks.callsInTenMinutes = 2
            var statuses: [Int] = []
            for _ in 0..<3 { statuses.append(try await office.caller.get("/me").status) }
            #expect(statuses == [200, 200, 429])
            office.sandbox.clock.advance(by: 601)
            #expect(try await office.caller.get("/me").status == 200)
        }
    }

    @Test func `each part of a batch fares by itself`() async throws {
        try await Office.open { office in
            let id = office.sandbox.graphID(of: try office.receive(1...1)[0], in: office.anna)
            let headers: JSONValue = ["Prefer": "IdType=\"ImmutableId\""]
            office.sandbox.faults.add(Fault(.throttle(retryAfter: 3), path: "/me/mailFolders"))
            let batch = try await office.caller.post(
                "/$batch",
                [
                    "requests": [
                        ["id": "1", "method": "GET", "url": "/me/messages/\(id)?$select=subject", "headers": headers],
                        ["id": "2", "method": "GET", "url": "/me/mailFolders"],
                        ["id": "3", "method": "GET", "url": "/me/messages/\(id)/$value", "dependsOn": ["1"]],
                        ["id": "4", "method": "GET", "url": "/me", "dependsOn": ["2"]],
                    ]
                ])
            let parts = batch.json["responses"]?.array ?? []
            #expect(parts.map { $0["status"]?.integer } == [200, 429, 200, 424])
            #expect(parts[0]["body"]?["subject"] == "Letter 1")
            #expect(parts[1]["headers"]?["Retry-After"] == "3")
            let source = Data(base64Encoded: parts[2]["body"]?.string ?? "") ?? Data()
            #expect(String(decoding: source, as: UTF8.self).hasPrefix("Message-ID: <1@customer.example>"))
            #expect(office.sandbox.calls.requests.count == 1)
            #expect(office.sandbox.calls.calls.count == 5)
            let many = (0..<21).map { JSONValue.object(["id": "\($0)", "method": "GET", "url": "/me"]) }
            #expect(try await office.caller.post("/$batch", ["requests": .array(many)]).status == 400)
        }
    }
}
