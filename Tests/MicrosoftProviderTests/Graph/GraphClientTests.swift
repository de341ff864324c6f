import CRM
import Foundation
import Mirror
import OAuth
import ScriptedExchange
import Testing

@testable import MicrosoftProvider

/// How Graph is asked, and what its refusals mean.
@Suite struct GraphClientTests {
    private static let me = WebResponse.json(#"{"id":"u1","mail":"ann@acme.example"}"#)

    @Test func `each request asks for ids that stay, with the token and nothing in the address`() async throws {
        let scripted = try Scripted { _ in Self.me }
        _ = try await scripted.source.identity()
        let request = try #require(scripted.exchange.requests.first)
        #expect(request.header("Prefer") == "IdType=\"ImmutableId\"")
        #expect(request.header("Authorization") == "Bearer first")
        #expect(!request.url.contains("first"))
        #expect(request.url.hasPrefix("https://graph.microsoft.com/v1.0/me?$select="))
    }

    @Test func `a pause that Graph asks for is waited for, and less goes through at a time after it`() async throws {
        let count = Held(0)
        let scripted = try Scripted { _ in
            count.add() < 3 ? Scripted.refusal(429, "ApplicationThrottled", retryAfter: "7") : Self.me
        }
        _ = try await scripted.source.identity()
        #expect(scripted.seconds.count == 2)
        #expect(scripted.seconds.allSatisfy { $0 > 6 && $0 <= 7 })
        #expect(await scripted.source.graph.gate.limit == 1)
    }

    @Test(arguments: [(429, "90"), (503, "90")])
    func `a long pause is told with its length, and not waited for`(status: Int, after: String) async throws {
        let scripted = try Scripted { _ in Scripted.refusal(status, "ApplicationThrottled", retryAfter: after) }
        let error = await #expect(throws: SourceError.self) { try await scripted.source.identity() }
        #expect(error == .throttled("Microsoft asks for a pause.", seconds: 90))
        #expect(scripted.urls.count == 1)
        #expect(scripted.seconds == [])
    }

    @Test func `a storm of refusals ends as a pause of the mailbox`() async throws {
        let scripted = try Scripted { _ in Scripted.refusal(429, "TooManyRequests", retryAfter: "2") }
        let error = await #expect(throws: SourceError.self) { try await scripted.source.identity() }
        #expect(error == .throttled("Microsoft asks for a pause.", seconds: 2))
        #expect(scripted.urls.count == GraphClient.attempts)
    }

    @Test(arguments: [500, 502, 503, 504])
    func `an outage is nobody's fault`(status: Int) async throws {
        let scripted = try Scripted { _ in Scripted.refusal(status, "InternalServerError") }
        let error = await #expect(throws: SourceError.self) { try await scripted.source.identity() }
        #expect(error == .transient("Microsoft cannot be asked at the moment."))
        #expect(scripted.urls.count == GraphClient.attempts)
    }

    @Test func `an answer that is cut off is asked for again, and never taken for an empty one`() async throws {
        let count = Held(0)
        let scripted = try Scripted { _ in count.add() < 2 ? .json(#"{"id":"u1","ma"#) : Self.me }
        #expect(try await scripted.source.identity().accountID == "u1")
        let broken = try Scripted { _ in .json(#"{"value":[]"#) }
        await #expect(throws: SourceError.transient("Microsoft cannot be asked at the moment.")) {
            try await broken.source.folders()
        }
    }

    @Test func `a token that is refused before its time is renewed once`() async throws {
        let scripted = try Scripted { request in
            request.header("Authorization") == "Bearer first"
                ? Scripted.refusal(401, "InvalidAuthenticationToken") : Self.me
        }
        _ = try await scripted.source.identity()
        #expect(scripted.renewals == 1)
    }

    @Test func `a fresh token that is refused as well asks the person to sign in`() async throws {
        let scripted = try Scripted { _ in Scripted.refusal(401, "InvalidAuthenticationToken") }
        let error = await #expect(throws: SourceError.self) { try await scripted.source.identity() }
        guard case .signInNeeded(.provider(let sentence)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(sentence.english.contains("Sign in again"))
        #expect(scripted.renewals == 1)
    }

    @Test func `credentials that are no tokens ask for a sign-in without asking Microsoft`() async throws {
        let exchange = ScriptedExchange { _ in Self.me }
        let provider = MicrosoftMailProvider(
            exchange: exchange, now: { 0 }, logger: .init(label: "test"))
        let source = provider.session(
            MailboxAccess(settings: MailboxSettings(address: "a@b.example"), credentials: Secret("a password"))
        ).source
        await #expect(throws: SourceError.signInNeeded(.credentialsUnreadable)) { try await source.folders() }
        #expect(exchange.requests.isEmpty)
    }

    @Test func `an account without a mailbox in the cloud is told so`() async throws {
        let scripted = try Scripted { _ in Scripted.refusal(404, "MailboxNotEnabledForRESTAPI") }
        let error = await #expect(throws: SourceError.self) { try await scripted.source.folders() }
        guard case .misconfigured(let sentence) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(sentence.english.contains("no mailbox in the cloud"))
    }

    @Test func `the access token goes nowhere but to Graph, whatever its links say`() async throws {
        let scripted = try Scripted { request in
            request.url.contains("skiptoken")
                ? .json(#"{"value":[],"@odata.deltaLink":"https://evil.example/x?$deltatoken=d"}"#)
                : .json(#"{"value":[],"@odata.nextLink":"https://evil.example/steal?$skiptoken=s"}"#)
        }
        _ = try? await scripted.source.folders()
        #expect(scripted.urls.count >= 2)
        #expect(scripted.urls.allSatisfy { $0.hasPrefix("https://graph.microsoft.com/v1.0/") })
        #expect(scripted.urls[1].hasSuffix("/me/mailFolders/delta?$skiptoken=s"))
    }

    // MARK: Who

    @Test(arguments: [
        (
            #"{"id":"u","mail":"b@acme.example","userPrincipalName":"u@tenant.example","proxyAddresses":["smtp:b@acme.example","SMTP:a@acme.example","SIP:a@acme.example","smtp:u@tenant.example"]}"#,
            "a@acme.example", ["b@acme.example", "u@tenant.example"]
        ),
        (#"{"id":"u","mail":null,"userPrincipalName":"u@acme.example"}"#, "u@acme.example", []),
        (
            #"{"id":"u","mail":"m@acme.example","userPrincipalName":"u@x.example","proxyAddresses":[]}"#,
            "m@acme.example", []
        ),
        (
            #"{"id":"u","mail":"","userPrincipalName":"ann_gmail.com#EXT#","proxyAddresses":["smtp:z@acme.example"]}"#,
            nil, ["z@acme.example"]
        ),
    ])
    func `the primary address is the one that is marked, then mail, then the name of the account`(
        _ profile: String, _ primary: String?, _ aliases: [String]
    ) async throws {
        let scripted = try Scripted { _ in .json(profile) }
        let identity = try await scripted.source.identity()
        #expect(identity.primaryAddress?.description == primary)
        #expect(identity.aliases.map(\.description) == aliases)
        #expect(identity.accountID == "u")
    }
}
