import Foundation

/// The token endpoint, `/{tenant}/oauth2/v2.0/token`: codes and refresh tokens for access tokens.
struct TokenDesk: Sendable {
    let base: String
    let tenant: String
    let now: Date
    let key: IdentityKey

    func answer(_ request: SandboxRequest, in directory: inout MicrosoftDirectory) -> SandboxAnswer {
        do {
            let form = request.form
            guard directory.isTenant(tenant) else { throw SignInError.unknownTenant(tenant) }
            let app = try authenticate(request, form, in: directory)
            switch form["grant_type"] {
            case "authorization_code": return try redeem(form, app: app, in: &directory)
            case "refresh_token": return try refresh(form, app: app, in: &directory)
            default:
                throw SignInError(
                    error: "unsupported_grant_type", code: 70003,
                    words: "The app requested an unsupported grant type '\(form["grant_type"] ?? "")'.")
            }
        } catch let error as SignInError {
            let correlation = request.header("client-request-id") ?? UUID().uuidString.lowercased()
            return .json(error.body(at: now, correlation: correlation), status: error.status)
        } catch {
            return .json(["error": "server_error", "error_description": "\(error)"], status: 500)
        }
    }

    private func authenticate(
        _ request: SandboxRequest, _ form: FormFields, in directory: MicrosoftDirectory
    ) throws(SignInError) -> MicrosoftApp {
        var (id, secret) = (form["client_id"], form["client_secret"])
        if let header = request.header("Authorization"), header.hasPrefix("Basic "),
            let decoded = Data(base64Encoded: String(header.dropFirst(6)))
        {
            let parts = String(decoding: decoded, as: UTF8.self).split(separator: ":", maxSplits: 1)
            id = parts.first.flatMap { $0.removingPercentEncoding }
            secret = parts.count > 1 ? parts[1].removingPercentEncoding : nil
        }
        guard let id, !id.isEmpty else {
            throw .malformed("The request body must contain the following parameter: 'client_id'.")
        }
        guard let app = directory.apps[id] else { throw .unknownApp(id, tenant: directory.domain) }
        guard !app.secrets.isEmpty else { return app }
        guard let secret, !secret.isEmpty else { throw .missingSecret }
        guard let known = app.secrets.first(where: { $0.value == secret }) else { throw .wrongSecret }
        if let expires = known.expires, expires <= now { throw .expiredSecret(id) }
        return app
    }

    private func redeem(
        _ form: FormFields, app: MicrosoftApp, in directory: inout MicrosoftDirectory
    ) throws -> SandboxAnswer {
        guard let value = form["code"], let code = directory.codes[value], code.grant.client == app.clientID else {
            throw SignInError.codeUnknown
        }
        guard !code.isRedeemed else { throw SignInError.codeUsed }
        guard now < code.grant.issued + MicrosoftDirectory.codeLifetime else { throw SignInError.codeExpired }
        guard form["redirect_uri"] == code.redirectURI else {
            throw SignInError(
                error: "invalid_client", code: 500_112,
                words: "The reply address '\(form["redirect_uri"] ?? "")' does not match the reply address "
                    + "'\(code.redirectURI)' provided when requesting Authorization code.")
        }
        if let challenge = code.challenge {
            let verifier = form["code_verifier"] ?? ""
            let answered = code.isPlainChallenge ? verifier : IdentityKey.challenge(of: verifier)
            guard !verifier.isEmpty, answered == challenge else { throw SignInError.verifier }
        }
        directory.codes[value]?.isRedeemed = true
        try check(code.grant, app: app, in: directory)
        return try tokens(for: code.grant, nonce: code.nonce, form: form, in: &directory)
    }

    private func refresh(
        _ form: FormFields, app: MicrosoftApp, in directory: inout MicrosoftDirectory
    ) throws -> SandboxAnswer {
        guard let value = form["refresh_token"], let token = directory.refreshTokens[value],
            token.grant.client == app.clientID
        else { throw SignInError.codeUnknown }
        guard now < token.lastUsed + MicrosoftDirectory.refreshLifetime else {
            throw SignInError.refreshExpired(issued: token.grant.issued)
        }
        try check(token.grant, app: app, in: directory)
        var grant = token.grant
        if let asked = form["scope"] {
            guard let scopes = MicrosoftScopes.parse(asked) else {
                throw SignInError(
                    error: "invalid_scope", code: 70011,
                    words: "The provided value for the input parameter 'scope' is not valid.")
            }
            // Another set than before is given as far as the person consented to it, in this sign-in or another.
            let consented = directory.account(grant.account)?.consents[app.clientID] ?? []
            let wanted = scopes.filter { $0 != ".default" }
            guard wanted.allSatisfy({ consented.contains($0) || MicrosoftScopes.identity.contains($0) }) else {
                throw SignInError.consentMissing(app)
            }
            if !wanted.isEmpty {
                grant.scopes = wanted + (grant.scopes.contains("offline_access") ? ["offline_access"] : [])
            }
        }
        // A refresh token replaces itself with a new one at each use; the old one keeps working until it runs out.
        directory.refreshTokens[value]?.lastUsed = now
        return try tokens(for: grant, nonce: nil, form: form, in: &directory)
    }

    private func check(
        _ grant: MicrosoftDirectory.Grant, app: MicrosoftApp, in directory: MicrosoftDirectory
    ) throws(SignInError) {
        guard let account = directory.account(grant.account), account.isEnabled else { throw .disabled }
        if let validFrom = account.tokensValidFrom, grant.issued < validFrom {
            throw .revoked(issued: grant.issued, validFrom: validFrom)
        }
        let consented = account.consents[app.clientID, default: []]
        guard grant.scopes.allSatisfy({ consented.contains($0) || MicrosoftScopes.identity.contains($0) }) else {
            throw .consentMissing(app)
        }
        if let since = account.secondFactorSince, grant.issued < since { throw .secondFactor }
    }

    private func tokens(
        for grant: MicrosoftDirectory.Grant, nonce: String?, form: FormFields, in directory: inout MicrosoftDirectory
    ) throws -> SandboxAnswer {
        let issuer = "\(base)/\(directory.tenantID)/v2.0"
        let access = try directory.issueAccessToken(grant, key: key, issuer: issuer, at: now)
        var body: JSONValue = [
            "token_type": "Bearer", "access_token": .string(access),
            "expires_in": .integer(Int(MicrosoftDirectory.accessLifetime)),
            "ext_expires_in": .integer(Int(MicrosoftDirectory.accessLifetime)),
            "scope": .string(grant.scopes.filter { $0 != "offline_access" }.joined(separator: " ")),
        ]
        if grant.scopes.contains("offline_access") {
            let refresh = MicrosoftDirectory.random("1.AX0A")
            directory.refreshTokens[refresh] = .init(grant: grant, lastUsed: now)
            body["refresh_token"] = .string(refresh)
        }
        guard let account = directory.account(grant.account) else { throw SignInError.disabled }
        if grant.scopes.contains("openid") {
            body["id_token"] = .string(
                try key.sign(identity(of: account, grant: grant, nonce: nonce, issuer: issuer, in: directory)))
        }
        if form["client_info"] == "1" {
            body["client_info"] = .string(Self.clientInfo(account, tenant: directory.tenantID))
        }
        return .json(body).adding("Cache-Control", "no-store").adding("Pragma", "no-cache")
    }

    /// The claims of an ID token (Microsoft identity platform, ID token claims reference).
    private func identity(
        of account: MicrosoftAccount, grant: MicrosoftDirectory.Grant, nonce: String?, issuer: String,
        in directory: MicrosoftDirectory
    ) -> JSONValue {
        let seconds = Int(now.timeIntervalSince1970)
        var claims: JSONValue = [
            "aud": .string(grant.client), "iss": .string(issuer), "iat": .integer(seconds), "nbf": .integer(seconds),
            "exp": .integer(seconds + Int(MicrosoftDirectory.accessLifetime)), "oid": .string(account.objectID),
            "sub": .string(IdentityKey.challenge(of: grant.client + account.objectID)),
            "tid": .string(directory.tenantID), "ver": "2.0", "uti": .string(MicrosoftDirectory.random("")),
        ]
        if grant.scopes.contains("profile") {
            claims["name"] = .string(account.displayName)
            claims["preferred_username"] = .string(account.principalName)
        }
        if grant.scopes.contains("email"), let mail = account.mail { claims["email"] = .string(mail) }
        if let nonce { claims["nonce"] = .string(nonce) }
        return claims
    }

    static func clientInfo(_ account: MicrosoftAccount, tenant: String) -> String {
        let info: JSONValue = ["uid": .string(account.objectID), "utid": .string(tenant)]
        return IdentityKey.base64URL(info.data)
    }
}
