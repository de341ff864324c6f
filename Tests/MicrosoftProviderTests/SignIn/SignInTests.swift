import CRM
import Foundation
import Mirror
import OAuth
import Sandbox
import Testing

@testable import MicrosoftProvider

/// Sign-in and renewal against the sandbox.
@Suite struct SignInTests {
    @Test func `each cloud has its own places, and scopes of its own`() throws {
        let clouds = ["global", "gcc-high", "dod", "china"].compactMap { MicrosoftCloud(named: $0) }
        #expect(Set(clouds).count == 4)
        #expect(MicrosoftCloud(named: "moon") == nil)
        let client = OAuthClient(clientID: "c", secret: Secret("s"), redirectURI: "https://crm.example/back")
        let china = MicrosoftRegistration(cloud: .china, client: client)
        #expect(china.server.tokenEndpoint == "https://login.chinacloudapi.cn/organizations/oauth2/v2.0/token")
        #expect(china.scopes.contains("https://microsoftgraph.chinacloudapi.cn/Mail.Read"))
        #expect(!china.scopes.contains { $0.contains("Mail.Write") || $0.contains("Mail.Send") })
    }

    /// Fills in the forms of the sign-in, and returns the query that the browser comes back with.
    private func browse(_ url: String, _ bench: GraphBench, deny: String? = nil, accept: Bool = true) async throws
        -> String
    {
        var response = try await bench.web.send(WebRequest(.get, url))
        for _ in 0..<6 {
            if let location = response.header("Location") {
                return String(location.drop { $0 != "?" }.dropFirst())
            }
            let page = String(decoding: response.body, as: UTF8.self)
            let action = try #require(page.firstMatch(of: /action="([^"]+)"/)?.output.1)
            let context = try #require(page.firstMatch(of: /name="ctx" value="([^"]+)"/)?.output.1)
            let step = try #require(page.firstMatch(of: /name="step" value="([^"]+)"/)?.output.1)
            var fields = [("ctx", String(context)), ("step", String(step))]
            switch step {
            case "account": fields.append(("loginfmt", bench.account.principalName))
            case "password": fields.append(("passwd", bench.account.password))
            case "consent":
                fields.append(("answer", accept ? "accept" : "cancel"))
                for match in page.matches(of: /name="scope" value="([^"]+)"/) where String(match.output.1) != deny {
                    fields.append(("scope", String(match.output.1)))
                }
            default: fields.append(("next", "1"))
            }
            let body = fields.map { name, value in
                "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
            }.joined(separator: "&")
            let address = action.hasPrefix("http") ? String(action) : bench.sandbox.url + action
            response = try await bench.web.send(
                WebRequest(
                    .post, address, headers: [("Content-Type", "application/x-www-form-urlencoded")],
                    body: Array(body.utf8)))
        }
        throw SandboxError.noAccount("the sign-in does not end")
    }

    private func signIn(
        _ bench: GraphBench, deny: String? = nil, accept: Bool = true
    ) async throws -> (tokens: TokenSet, claims: IDTokenClaims) {
        let registration = bench.registration
        var random = SystemRandomNumberGenerator()
        let pending = PendingSignIn(
            owner: "user", address: bench.account.principalName, scopes: registration.scopes,
            now: GraphBench.start, random: &random)
        let signIn = OAuthSignIn(server: registration.server, client: registration.client, exchange: bench.asking)
        let query = try await browse(signIn.url(for: pending), bench, deny: deny, accept: accept)
        let answer = try #require(AuthorizationAnswer(query: query))
        return try await signIn.finish(answer, pending: pending, now: GraphBench.start)
    }

    @Test func `a person signs in, and the tokens open their mailbox`() async throws {
        try await GraphBench.open { bench in
            let (tokens, claims) = try await signIn(bench)
            #expect(claims.preferredUserName == "ann@contoso.example")
            #expect(claims.objectID == bench.account.objectID)
            let identity = try await bench.provider.identity(
                of: tokens,
                app: ProviderApp(
                    clientID: bench.registration.client.clientID, secret: Secret("s3cret"),
                    tenant: bench.registration.tenant))
            #expect(identity.primaryAddress?.description == "ann@acme.example")
            #expect(identity.aliases.map(\.description).contains("berg@acme.example"))
            #expect(identity.accountID == bench.account.objectID)
        }
    }

    @Test func `a person who cancels, or leaves the mail out, is told so`() async throws {
        try await GraphBench.open { bench in
            let cancelled = await #expect(throws: OAuthFault.self) { try await signIn(bench, accept: false) }
            guard case .signInNeeded = cancelled else {
                Issue.record("\(String(describing: cancelled))")
                return
            }
            let partial = await #expect(throws: OAuthFault.self) { try await signIn(bench, deny: "Mail.Read") }
            #expect(partial == .consentIncomplete(missing: ["Mail.Read"]))
        }
    }

    @Test func `tokens are renewed while the mailbox is read, and kept before they are used`() async throws {
        try await GraphBench.open { bench in
            try bench.deliver("m@x")
            let carl = try await bench.addContact("carl@client.example")
            try await bench.settle()
            #expect(bench.kept.withLock { $0.count } == 0)
            for hour in 1...3 {
                bench.advance(by: 3600)
                try await bench.settle()
                #expect(bench.kept.withLock { $0.count } == hour)
            }
            #expect(try await bench.card(carl) == ["m@x"])
        }
    }

    @Test func `revoked access asks for a sign-in, withdrawn consent and an expired secret for others to act`()
        async throws
    {
        try await GraphBench.open { bench in
            bench.advance(by: 4000)
            try bench.sandbox.revokeSessions(of: bench.account)
            let revoked = await #expect(throws: SourceError.self) { try await bench.source.folders() }
            guard case .signInNeeded(.provider(let sentence)) = revoked else {
                Issue.record("\(String(describing: revoked))")
                return
            }
            #expect(sentence.english.contains("password was changed or the access was revoked"))
        }
        try await GraphBench.open { bench in
            bench.advance(by: 4000)
            try bench.sandbox.withdrawConsent(of: bench.account, for: bench.app)
            let withdrawn = await #expect(throws: SourceError.self) { try await bench.source.folders() }
            guard case .signInNeeded(.provider(let sentence)) = withdrawn else {
                Issue.record("\(String(describing: withdrawn))")
                return
            }
            #expect(sentence.english.contains("admin consent"))
        }
        try await GraphBench.open { bench in
            bench.advance(by: 4000)
            var app = bench.app
            app.secrets = [.init("s3cret", expires: Date(timeIntervalSince1970: Double(GraphBench.start + 10)))]
            bench.sandbox.register(app)
            let expired = await #expect(throws: SourceError.self) { try await bench.source.folders() }
            guard case .misconfigured(let sentence) = expired else {
                Issue.record("\(String(describing: expired))")
                return
            }
            #expect(sentence.english.contains("has expired"))
        }
    }
}
