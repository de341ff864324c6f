import Foundation
import Sandbox
import Testing

@Suite
struct `Signing in at Microsoft` {
    private let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    /// Of the verifier above (RFC 7636, appendix B).
    private let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    private func address(_ office: Office, _ changes: [String: String?] = [:]) -> String {
        var fields: [String: String?] = [
            "client_id": office.app.clientID, "response_type": "code", "redirect_uri": "https://crm.example/back",
            "scope": "openid profile offline_access User.Read Mail.Read", "state": "st", "code_challenge": challenge,
            "code_challenge_method": "S256", "nonce": "once",
        ]
        fields.merge(changes) { $1 }
        let query = fields.compactMap { name, value in
            value.map { "\(name)=\($0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
        }
        return "/common/oauth2/v2.0/authorize?" + query.joined(separator: "&")
    }

    private func hidden(_ name: String, in page: String) -> String {
        let parts = page.components(separatedBy: "name=\"\(name)\" value=\"")
        return parts.count > 1 ? String(parts[1].prefix { $0 != "\"" }) : ""
    }

    private func fields(of location: String?) -> [String: String] {
        let items = URLComponents(string: location ?? "")?.queryItems ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { $1 }
    }

    /// From the address to the consent page.
    private func consentPage(_ office: Office, _ browser: Caller, _ changes: [String: String?] = [:]) async throws
        -> String
    {
        let chooser = try await browser.get(address(office, changes)).text
        let tenant = "/common/login"
        let password = try await browser.post(
            tenant, form: ["ctx": hidden("ctx", in: chooser), "step": "account", "account": office.anna.objectID])
        let consent = try await browser.post(
            tenant, form: ["ctx": hidden("ctx", in: password.text), "step": "password", "passwd": office.anna.password])
        return consent.text
    }

    private func code(_ office: Office, _ browser: Caller, scopes: [String]) async throws -> [String: String] {
        let page = try await consentPage(office, browser)
        let fields = [("ctx", hidden("ctx", in: page)), ("step", "consent"), ("answer", "accept")]
        let answer = try await browser.post("/common/login", fields: fields + scopes.map { ("scope", $0) })
        #expect(answer.status == 302)
        return self.fields(of: answer.headers["location"])
    }

    private func redeem(_ office: Office, _ browser: Caller, _ changes: [String: String]) async throws -> Caller.Answer
    {
        var form = [
            "client_id": office.app.clientID, "client_secret": "s3cret", "grant_type": "authorization_code",
            "redirect_uri": "https://crm.example/back", "code_verifier": verifier,
        ]
        form.merge(changes) { $1 }
        return try await browser.post("/common/oauth2/v2.0/token", form: form)
    }

    private func withOffice(_ work: (Office, Caller) async throws -> Void) async throws {
        try await Office.open(scopes: []) { office in try await work(office, Caller(office.sandbox.url)) }
    }

    @Test func `a code is given for what was consented to, once, and only to the verifier's owner`() async throws {
        try await withOffice { office, browser in
            let back = try await code(office, browser, scopes: ["openid", "profile", "offline_access", "User.Read"])
            #expect(back["state"] == "st")
            let stranger = try await redeem(office, browser, ["code": back["code"] ?? "", "code_verifier": "guess"])
            #expect(stranger.status == 400)
            #expect(stranger.json["error_codes"] == [501_481])
            let tokens = try await redeem(office, browser, ["code": back["code"] ?? ""])
            #expect(tokens.status == 200)
            // Mail.Read was not ticked.
            #expect(tokens.json["scope"] == "openid profile User.Read")
            #expect(tokens.json["refresh_token"]?.string != nil)
            let again = try await redeem(office, browser, ["code": back["code"] ?? ""])
            #expect(again.json["error"] == "invalid_grant")
            #expect(again.json["error_codes"] == [54005])
            #expect(again.json["error_description"]?.string?.hasPrefix("AADSTS54005: ") == true)
        }
    }

    @Test func `a code runs out after ten minutes`() async throws {
        try await withOffice { office, browser in
            let back = try await code(office, browser, scopes: ["User.Read"])
            office.sandbox.clock.advance(by: 601)
            let late = try await redeem(office, browser, ["code": back["code"] ?? ""])
            #expect(late.json["error_codes"] == [70008])
        }
    }

    @Test func `an address that is not the app's is never redirected to`() async throws {
        try await withOffice { office, browser in
            for uri in ["https://crm.example/back/", "https://evil.example/back", "https://crm.example/back?x=1"] {
                let answer = try await browser.get(address(office, ["redirect_uri": uri]))
                #expect(answer.status == 400)
                #expect(answer.text.contains("AADSTS50011"))
            }
            #expect(
                try await browser.get(address(office, ["redirect_uri": "http://127.0.0.1:4711/back"])).status == 200)
        }
    }

    @Test func `a refusal comes back as access_denied with the state`() async throws {
        try await withOffice { office, browser in
            let page = try await consentPage(office, browser)
            let answer = try await browser.post(
                "/common/login", form: ["ctx": hidden("ctx", in: page), "step": "consent", "answer": "cancel"])
            let back = fields(of: answer.headers["location"])
            #expect(back["error"] == "access_denied")
            #expect(back["state"] == "st")
            #expect(back["error_description"]?.contains("AADSTS65004") == true)
        }
    }

    @Test func `a wrong password and an unknown name say so and go no further`() async throws {
        try await withOffice { office, browser in
            let chooser = try await browser.get(address(office)).text
            let unknown = try await browser.post(
                "/common/login",
                form: ["ctx": hidden("ctx", in: chooser), "step": "account", "loginfmt": "nobody@contoso.example"])
            #expect(unknown.text.contains("AADSTS50034"))
            let page = try await browser.get(address(office, ["login_hint": "anna@contoso.example"])).text
            let wrong = try await browser.post(
                "/common/login", form: ["ctx": hidden("ctx", in: page), "step": "password", "passwd": "guess"])
            #expect(wrong.text.contains("AADSTS50126"))
            let skipped = try await browser.post(
                "/common/login", form: ["ctx": hidden("ctx", in: page), "step": "consent", "answer": "accept"])
            #expect(skipped.status == 400)
        }
    }

    @Test func `who is signed in is asked for nothing, unless the app wants it`() async throws {
        try await withOffice { office, browser in
            #expect(
                fields(of: try await browser.get(address(office, ["prompt": "none"])).headers["location"])["error"]
                    == "login_required")
            let all = ["openid", "profile", "offline_access", "User.Read", "Mail.Read"]
            _ = try await code(office, browser, scopes: all)
            let silent = try await browser.get(address(office, ["prompt": "none"]))
            #expect(fields(of: silent.headers["location"])["code"] != nil)
            let more = try await browser.get(address(office, ["prompt": "none", "scope": "Mail.Send"]))
            #expect(fields(of: more.headers["location"])["error"] == "consent_required")
            #expect(try await browser.get(address(office, ["prompt": "select_account"])).text.contains("loginfmt"))
            #expect(
                try await browser.get(address(office, ["prompt": "consent"])).text.contains("Permissions requested"))
        }
    }

    @Test func `secrets are checked, and one that ran out is told apart`() async throws {
        try await withOffice { office, browser in
            let wrong = try await redeem(office, browser, ["code": "x", "client_secret": "guess"])
            #expect(wrong.status == 401)
            #expect(wrong.json["error"] == "invalid_client")
            #expect(wrong.json["error_codes"] == [7_000_215])
            var app = office.app
            app.secrets = [.init("s3cret", expires: Office.morning)]
            office.sandbox.register(app)
            #expect(try await redeem(office, browser, ["code": "x"]).json["error_codes"] == [7_000_222])
        }
    }

    private func refresh(_ office: Office, _ token: String) async throws -> Caller.Answer {
        try await redeem(office, Caller(office.sandbox.url), ["grant_type": "refresh_token", "refresh_token": token])
    }

    @Test func `a refresh token is replaced at each use, and the old one works until ninety days without use`()
        async throws
    {
        try await Office.open { office in
            let first = try await refresh(office, office.refreshToken)
            let second = first.json["refresh_token"]?.string
            #expect(second != nil && second != office.refreshToken)
            #expect(try await refresh(office, office.refreshToken).status == 200)
            office.sandbox.clock.advance(by: 90 * 86400 + 1)
            #expect(try await refresh(office, second ?? "").json["error_codes"] == [700_082])
        }
    }

    @Test func `a grant ends with the password, the consent, the account, or a second factor that is asked for`()
        async throws
    {
        try await Office.open { office in
            let sandbox = office.sandbox
            try sandbox.change(office.anna) { $0.secondFactorSince = Office.morning.addingTimeInterval(60) }
            let factor = try await refresh(office, office.refreshToken)
            #expect(factor.json["error"] == "interaction_required")
            #expect(factor.json["error_codes"] == [50076])
            try sandbox.change(office.anna) { $0.secondFactorSince = nil }
            try sandbox.change(office.anna) { $0.isEnabled = false }
            #expect(try await refresh(office, office.refreshToken).json["error_codes"] == [50057])
            try sandbox.change(office.anna) { $0.isEnabled = true }
            try sandbox.withdrawConsent(of: office.anna, for: office.app)
            let consent = try await refresh(office, office.refreshToken)
            #expect(consent.json["error_codes"] == [65001])
            #expect(consent.json["suberror"] == "consent_required")
            let anew = try sandbox.tokens(for: office.anna, app: office.app)
            try sandbox.revokeSessions(of: office.anna)
            #expect(try await refresh(office, anew.refresh).json["error_codes"] == [50173])
        }
    }

    @Test func `an access token ends after an hour, and one without the scope is denied`() async throws {
        try await Office.open(scopes: ["User.Read"]) { office in
            #expect(try await office.caller.get("/me").status == 200)
            let denied = try await office.caller.get("/me/messages")
            #expect(denied.status == 403)
            #expect(denied.json["error"]?["code"] == "ErrorAccessDenied")
            office.sandbox.clock.advance(by: 3600)
            let late = try await office.caller.get("/me")
            #expect(late.status == 401)
            #expect(late.json["error"]?["code"] == "InvalidAuthenticationToken")
        }
    }
}
