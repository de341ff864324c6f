import Foundation

/// Leads an authorization request through the pages to a code: `/{tenant}/oauth2/v2.0/authorize` and the forms that
/// follow (Microsoft identity platform, authorization code flow).
struct SignInDesk: Sendable {
    let base: String
    let tenant: String
    let now: Date

    private var pages: SignInPages { SignInPages(action: "\(base)/\(tenant)/login") }

    func authorize(_ request: SandboxRequest, in directory: inout MicrosoftDirectory) -> SandboxAnswer {
        let fields = request.method == "POST" ? request.form : request.parameters
        let clientID = fields["client_id"] ?? ""
        guard directory.isTenant(tenant) else { return refuse(.unknownTenant(tenant)) }
        guard let app = directory.apps[clientID] else { return refuse(.unknownApp(clientID, tenant: directory.domain)) }
        let redirectURI = fields["redirect_uri"] ?? app.redirectURIs.first ?? ""
        guard RedirectURIs.allow(redirectURI, among: app.redirectURIs) else {
            return refuse(.redirect(redirectURI, app: clientID))
        }
        var attempt = SignInAttempt(
            app: app, redirectURI: redirectURI, responseMode: fields["response_mode"] ?? "query",
            state: fields["state"], nonce: fields["nonce"], scopes: [], challenge: fields["code_challenge"],
            isPlainChallenge: fields["code_challenge_method"] == "plain" || fields["code_challenge_method"] == nil,
            prompt: fields["prompt"], hint: fields["login_hint"], wantsClientInfo: fields["client_info"] == "1")
        guard fields["response_type"] == "code" else {
            return redirect(
                attempt, error: "unsupported_response_type",
                words:
                    "AADSTS700054: response_type '\(fields["response_type"] ?? "")' is not enabled for the application."
            )
        }
        guard let scopes = MicrosoftScopes.parse(fields["scope"] ?? ""), !scopes.isEmpty else {
            return redirect(
                attempt, error: "invalid_scope",
                words: "AADSTS70011: The provided value for the input parameter 'scope' is not valid. The scope "
                    + "'\(fields["scope"] ?? "")' is not configured for this tenant.")
        }
        attempt.scopes = scopes
        if attempt.prompt != "login", attempt.prompt != "select_account" {
            let signedIn = directory.sessions[cookie(of: request) ?? "", default: []]
            let wanted = attempt.hint.map { hint in directory.account(hint).map { [$0.objectID] } ?? [] } ?? signedIn
            let usable = signedIn.filter { wanted.contains($0) }
            if usable.count == 1 { (attempt.account, attempt.isAuthenticated) = (usable[0], true) }
        }
        return advance(attempt, id: MicrosoftDirectory.random("rQQIARAA"), in: &directory)
    }

    /// A form of one of the pages.
    func answer(_ request: SandboxRequest, in directory: inout MicrosoftDirectory) -> SandboxAnswer {
        let form = request.form
        guard let id = form["ctx"], var attempt = directory.attempts[id] else {
            return refuse(
                .malformed("The sign-in that this form belongs to is over. Start again from the application."))
        }
        switch form["step"] {
        case "account":
            let name = form["account"] ?? form["loginfmt"] ?? ""
            guard let account = directory.account(name) else {
                let problem = "This username may be incorrect. Make sure you typed it correctly. (AADSTS50034)"
                return .page(pages.chooser(directory.accounts, attempt: id, problem: problem))
            }
            attempt.account = account.objectID
        case "password":
            guard form["back"] == nil else {
                attempt.account = nil
                attempt.hint = nil
                break
            }
            guard let account = directory.account(attempt.account ?? "") else { return refuse(.disabled) }
            guard account.isEnabled else { return refuse(.disabled) }
            guard account.password == form["passwd"] else {
                let problem = "Your account or password is incorrect. (AADSTS50126)"
                return .page(pages.password(account, attempt: id, problem: problem))
            }
            attempt.isAuthenticated = true
        case "factor" where attempt.isAuthenticated:
            attempt.didSecondFactor = true
        case "consent" where attempt.isAuthenticated:
            directory.attempts[id] = nil
            return consent(attempt, form, in: &directory)
        default:
            return refuse(.malformed("The form has no step that the sandbox knows."))
        }
        let answer = advance(attempt, id: id, in: &directory)
        guard attempt.isAuthenticated, let account = attempt.account else { return answer }
        let session = cookie(of: request) ?? MicrosoftDirectory.random("")
        var signedIn = directory.sessions[session, default: []]
        if !signedIn.contains(account) { signedIn.append(account) }
        directory.sessions[session] = signedIn
        return answer.adding("Set-Cookie", "ESTSAUTHPERSISTENT=\(session); Path=/; HttpOnly; SameSite=Lax")
    }

    /// The next page for the attempt, or the way back to the app.
    private func advance(
        _ attempt: SignInAttempt, id: String, in directory: inout MicrosoftDirectory
    ) -> SandboxAnswer {
        let isSilent = attempt.prompt == "none"
        directory.attempts[id] = attempt
        guard let account = attempt.account.flatMap({ directory.account($0) }) else {
            if isSilent { return redirect(attempt, error: .notSignedIn) }
            guard let hint = attempt.hint, let hinted = directory.account(hint), attempt.prompt != "select_account"
            else {
                return .page(pages.chooser(directory.accounts, attempt: id))
            }
            var chosen = attempt
            chosen.account = hinted.objectID
            directory.attempts[id] = chosen
            return .page(pages.password(hinted, attempt: id))
        }
        guard attempt.isAuthenticated else { return .page(pages.password(account, attempt: id)) }
        if account.secondFactorSince != nil, !attempt.didSecondFactor {
            return isSilent
                ? redirect(attempt, error: .secondFactor) : .page(pages.secondFactor(account, attempt: id))
        }
        let granted = account.consents[attempt.app.clientID, default: []]
        let missing = attempt.scopes.filter { !granted.contains($0) && $0 != ".default" }
        if attempt.prompt == "consent" || !missing.isEmpty {
            if isSilent {
                var error = SignInError.consentMissing(attempt.app)
                error.error = "consent_required"
                return redirect(attempt, error: error)
            }
            if account.needsAdministrator { return .page(pages.administrator(attempt.app, attempt: id)) }
            return .page(pages.consent(account, app: attempt.app, scopes: attempt.scopes, attempt: id))
        }
        directory.attempts[id] = nil
        return code(for: attempt, scopes: attempt.scopes, account: account, in: &directory)
    }

    private func consent(
        _ attempt: SignInAttempt, _ form: FormFields, in directory: inout MicrosoftDirectory
    ) -> SandboxAnswer {
        guard let account = directory.account(attempt.account ?? "") else { return refuse(.disabled) }
        switch form["answer"] {
        case "accept" where !account.needsAdministrator:
            let chosen = attempt.scopes.filter { form.all("scope").contains($0) || $0 == ".default" }
            try? directory.update(account.objectID) { account in
                account.consents[attempt.app.clientID, default: []].formUnion(chosen)
            }
            return code(for: attempt, scopes: chosen, account: account, in: &directory)
        case "administrator":
            return redirect(
                attempt, error: "access_denied",
                words: "AADSTS90094: An administrator must grant consent to this application.")
        default:
            return redirect(
                attempt, error: "access_denied", words: "AADSTS65004: User declined to consent to access the app.",
                subcode: "cancel")
        }
    }

    private func code(
        for attempt: SignInAttempt, scopes: [String], account: MicrosoftAccount,
        in directory: inout MicrosoftDirectory
    ) -> SandboxAnswer {
        let code = MicrosoftDirectory.random("1.AX0A")
        let granted =
            scopes.contains(".default")
            ? Array(account.consents[attempt.app.clientID, default: []]).sorted() : scopes
        directory.codes[code] = MicrosoftDirectory.Code(
            grant: .init(client: attempt.app.clientID, account: account.objectID, scopes: granted, issued: now),
            redirectURI: attempt.redirectURI, challenge: attempt.challenge,
            isPlainChallenge: attempt.isPlainChallenge, nonce: attempt.nonce)
        var fields = FormFields([("code", code)])
        if attempt.wantsClientInfo {
            fields.append("client_info", TokenDesk.clientInfo(account, tenant: directory.tenantID))
        }
        return answer(attempt, fields)
    }

    private func redirect(_ attempt: SignInAttempt, error: SignInError) -> SandboxAnswer {
        redirect(attempt, error: error.error, words: error.description)
    }

    private func redirect(
        _ attempt: SignInAttempt, error: String, words: String, subcode: String? = nil
    ) -> SandboxAnswer {
        var fields = FormFields([("error", error), ("error_description", words)])
        if let subcode { fields.append("error_subcode", subcode) }
        return answer(attempt, fields)
    }

    private func answer(_ attempt: SignInAttempt, _ answer: FormFields) -> SandboxAnswer {
        var fields = answer
        if let state = attempt.state { fields.append("state", state) }
        switch attempt.responseMode {
        case "form_post": return .page(pages.answer(fields, to: attempt.redirectURI))
        case "fragment": return .redirect(to: "\(attempt.redirectURI)#\(fields.encoded)")
        default:
            let mark = attempt.redirectURI.contains("?") ? "&" : "?"
            return .redirect(to: "\(attempt.redirectURI)\(mark)\(fields.encoded)")
        }
    }

    /// A page of Microsoft's own, because nobody may be sent to an address that is not known to be the app's.
    private func refuse(_ error: SignInError) -> SandboxAnswer { .page(pages.refusal(error), status: 400) }

    private func cookie(of request: SandboxRequest) -> String? {
        request.header("Cookie")?.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            .first { $0.hasPrefix("ESTSAUTHPERSISTENT=") }.map { String($0.dropFirst(19)) }
    }
}
