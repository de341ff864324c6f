import CRM
import Foundation
import Mirror
import OAuth
import ScriptedExchange
import Testing

@Suite struct SignInTests {
    static let server = OAuthServer(
        authorizationEndpoint: "https://login.example/authorize", tokenEndpoint: "https://login.example/token",
        isIssuer: { $0.issuer == "https://login.example" })
    static let client = OAuthClient(
        clientID: "client-1", secret: Secret("s3cret&more"), redirectURI: "https://crm.example/oauth/back")
    static let scopes = ["openid", "offline_access", "https://graph.example/Mail.Read", "User.Read"]

    static func pending(now: Int64 = 1000) -> PendingSignIn {
        var random = SystemRandomNumberGenerator()
        return PendingSignIn(owner: "user 7", address: "ann@acme.example", scopes: scopes, now: now, random: &random)
    }

    static func idToken(_ claims: [String: Any]) throws -> String {
        func part(_ object: [String: Any]) throws -> String {
            try JSONSerialization.data(withJSONObject: object).base64EncodedString()
                .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }
        return try "\(part(["alg": "RS256"])).\(part(claims)).c2ln"
    }

    static func claims(_ pending: PendingSignIn, _ changes: [String: Any?] = [:]) -> [String: Any] {
        var claims: [String: Any] = [
            "iss": "https://login.example", "aud": "client-1", "exp": 5000, "nonce": pending.nonce, "sub": "s",
            "preferred_username": "ann@acme.example",
        ]
        for (name, value) in changes { claims[name] = value }
        return claims
    }

    static func grant(_ claims: [String: Any], scope: String = "openid Mail.Read User.Read") throws -> WebResponse {
        .json(
            #"{"access_token":"A1","refresh_token":"R1","expires_in":3600,"scope":"\#(scope)","id_token":"\#(try idToken(claims))"}"#
        )
    }

    private func finish(
        _ answer: WebResponse, _ pending: PendingSignIn, state: String? = nil, now: Int64 = 1100
    ) async throws -> (tokens: TokenSet, claims: IDTokenClaims) {
        let signIn = OAuthSignIn(server: Self.server, client: Self.client, exchange: ScriptedExchange { _ in answer })
        let query = "code=C%2F1&state=\(state ?? pending.state)&session_state=x"
        let back = try #require(AuthorizationAnswer(query: query))
        return try await signIn.finish(back, pending: pending, now: now)
    }

    @Test func `the challenge of the verifier in RFC 7636, appendix B, is the one that stands there`() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        #expect(CodeChallenge.s256(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test func `a verifier has 43 letters that need no escaping, and is another one each time`() {
        let all = (0..<20).map { _ in Self.pending().verifier.expose() }
        #expect(Set(all).count == 20)
        #expect(all.allSatisfy { $0.utf8.count == 43 && $0.wholeMatch(of: #/[A-Za-z0-9_-]+/#) != nil })
    }

    @Test func `the browser is sent off with challenge, state and nonce, and without the verifier`() throws {
        let pending = Self.pending()
        let signIn = OAuthSignIn(
            server: Self.server, client: Self.client, exchange: ScriptedExchange { _ in .json("") })
        let url = signIn.url(for: pending, parameters: [("prompt", "select_account")])
        let items = try #require(URLComponents(string: url)?.queryItems)
        let values = Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.value ?? "") })
        #expect(values["code_challenge"] == CodeChallenge.s256(pending.verifier.expose()))
        #expect(values["code_challenge_method"] == "S256")
        #expect((values["state"], values["nonce"]) == (pending.state, pending.nonce))
        #expect(values["redirect_uri"] == "https://crm.example/oauth/back")
        #expect(values["scope"] == "openid offline_access https://graph.example/Mail.Read User.Read")
        #expect((values["login_hint"], values["prompt"]) == ("ann@acme.example", "select_account"))
        #expect(!url.contains(pending.verifier.expose()))
        #expect(!url.contains("s3cret"))
    }

    @Test func `a pending sign-in comes back from the store as it was, and ends after ten minutes`() throws {
        let pending = Self.pending(now: 1000)
        let back = try PendingSignIn(stored: try pending.stored)
        #expect(back.verifier.expose() == pending.verifier.expose())
        #expect((back.state, back.nonce, back.owner) == (pending.state, pending.nonce, "user 7"))
        #expect((back.address, back.scopes) == (pending.address, pending.scopes))
        #expect(!back.isExpired(now: 1599) && back.isExpired(now: 1600))
        #expect("\(try pending.stored)" == "•••")
    }

    @Test func `the code is exchanged with verifier and secret, in the body and not in the address`() async throws {
        let pending = Self.pending()
        let exchange = ScriptedExchange { _ in try Self.grant(Self.claims(pending)) }
        let signIn = OAuthSignIn(server: Self.server, client: Self.client, exchange: exchange)
        let answer = try #require(AuthorizationAnswer(query: "code=C%2F1+x&state=\(pending.state)"))
        let (tokens, claims) = try await signIn.finish(answer, pending: pending, now: 1100)
        let request = try #require(exchange.requests.first)
        #expect((request.url, request.method) == ("https://login.example/token", .post))
        #expect(request.text.contains("code=C%2F1%20x&code_verifier=\(pending.verifier.expose())&"))
        #expect(request.text.contains("client_secret=s3cret%26more"))
        #expect((tokens.accessToken.expose(), tokens.refreshToken?.expose()) == ("A1", "R1"))
        #expect((tokens.issuedAt, tokens.expiresAt) == (1100, 4700))
        #expect(claims.preferredUserName == "ann@acme.example")
    }

    @Test func `an answer with another state, or after ten minutes, is refused without asking the provider`()
        async throws
    {
        let pending = Self.pending()
        let answer = try Self.grant(Self.claims(pending))
        await #expect(throws: OAuthFault.self) { try await finish(answer, pending, state: "other") }
        await #expect(throws: OAuthFault.self) { try await finish(answer, pending, now: 1600) }
        _ = try await finish(answer, pending, now: 1599)
    }

    @Test(arguments: [
        ("iss", "\"https://evil.example\""), ("aud", "\"client-2\""), ("aud", "[\"client-1\", \"client-2\"]"),
        ("exp", "700"), ("nonce", "\"other\""),
    ])
    func `an ID token of another provider, client, time or sign-in is refused`(
        _ name: String, _ value: String
    ) async throws {
        let pending = Self.pending()
        let changed = try JSONSerialization.jsonObject(with: Data(value.utf8), options: .fragmentsAllowed)
        let answer = try Self.grant(Self.claims(pending, [name: changed]))
        await #expect(throws: OAuthFault.self) { try await finish(answer, pending) }
    }

    @Test func `an ID token without a nonce is refused`() async throws {
        let pending = Self.pending()
        var claims = Self.claims(pending)
        claims["nonce"] = nil
        let answer = try Self.grant(claims)
        await #expect(throws: OAuthFault.self) { try await finish(answer, pending) }
    }

    @Test func `an ID token for several, of which we are the only one, is ours`() async throws {
        let pending = Self.pending()
        _ = try await finish(try Self.grant(Self.claims(pending, ["aud": ["client-1"]])), pending)
    }

    @Test func `what was not allowed is named`() async throws {
        let pending = Self.pending()
        let answer = try Self.grant(Self.claims(pending), scope: "openid profile https://graph.example/user.read")
        await #expect(throws: OAuthFault.consentIncomplete(missing: ["Mail.Read"])) {
            try await finish(answer, pending)
        }
        let sentence = OAuthFault.consentIncomplete(missing: ["Mail.Read"]).sentence.english
        #expect(sentence.contains("Mail.Read"))
    }

    @Test func `an answer without a refresh token is not enough`() async throws {
        let pending = Self.pending()
        let token = try Self.idToken(Self.claims(pending))
        let answer = WebResponse.json(
            #"{"access_token":"A","expires_in":"3600","scope":"mail.read user.read","id_token":"\#(token)"}"#)
        await #expect(throws: OAuthFault.consentIncomplete(missing: ["offline_access"])) {
            try await finish(answer, pending)
        }
    }

    @Test func `a browser that comes back with an error is understood`() throws {
        let query = "error=access_denied&error_description=AADSTS65004%3A+no&state=S&error_subcode=cancel"
        guard case .refused(let refusal, let state) = AuthorizationAnswer(query: query) else {
            Issue.record("not understood")
            return
        }
        #expect((refusal.error, refusal.description, state) == ("access_denied", "AADSTS65004: no", "S"))
        #expect(refusal.subcode == "cancel")
    }

    @Test(
        arguments: [
            "", "state=S", "code=&state=S", "code=C", "code=C&code=D&state=S", "code=%FF&state=S",
            "code=C&state=S&x=" + String(repeating: "y", count: 20_000),
        ])
    func `what is no answer is none`(_ query: String) {
        #expect(AuthorizationAnswer(query: query) == nil)
    }
}
