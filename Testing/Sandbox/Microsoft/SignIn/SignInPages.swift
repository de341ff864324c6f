import Foundation

/// The pages of the sign-in, as plain forms whose fields bear the names of the real ones.
struct SignInPages: Sendable {
    /// Where the forms are posted to.
    var action: String

    func chooser(_ accounts: [MicrosoftAccount], attempt: String, problem: String? = nil) -> String {
        let tiles = accounts.map { account in
            """
            <p><button type="submit" name="account" value="\(escaped(account.objectID))"
            data-account="\(escaped(account.principalName))">
            \(escaped(account.displayName)) – \(escaped(account.principalName))</button></p>
            """
        }
        return form(
            "Sign in", attempt: attempt, step: "account", problem: problem,
            """
            \(tiles.joined(separator: "\n"))
            <p><label>Email or phone <input type="text" name="loginfmt" id="i0116" autocomplete="username"></label></p>
            <p><button type="submit" name="next" value="1" id="idSIButton9">Next</button></p>
            """)
    }

    func password(_ account: MicrosoftAccount, attempt: String, problem: String? = nil) -> String {
        form(
            "Enter password", attempt: attempt, step: "password", problem: problem,
            """
            <p>\(escaped(account.principalName))</p>
            <p><label>Password
            <input type="password" name="passwd" id="i0118" autocomplete="current-password"></label></p>
            <p><button type="submit" name="next" value="1" id="idSIButton9">Sign in</button>
            <button type="submit" name="back" value="1" id="idBtn_Back">Sign in with another account</button></p>
            """)
    }

    func secondFactor(_ account: MicrosoftAccount, attempt: String) -> String {
        form(
            "Approve sign in request", attempt: attempt, step: "factor", problem: nil,
            """
            <p>\(escaped(account.principalName)): the sandbox takes this button for the approval on a phone.</p>
            <p><button type="submit" name="next" value="1" id="idSIButton9">Approve</button></p>
            """)
    }

    func consent(_ account: MicrosoftAccount, app: MicrosoftApp, scopes: [String], attempt: String) -> String {
        let lines = scopes.map { scope in
            """
            <li><label><input type="checkbox" name="scope" value="\(escaped(scope))" checked> \
            \(escaped(MicrosoftScopes.words(for: scope))) <code>\(escaped(scope))</code></label></li>
            """
        }
        return form(
            "Permissions requested", attempt: attempt, step: "consent", problem: nil,
            """
            <p>\(escaped(account.principalName))</p><p><strong>\(escaped(app.name))</strong> would like to:</p>
            <ul>\(lines.joined(separator: "\n"))</ul>
            <p><button type="submit" name="answer" value="accept" id="idSIButton9">Accept</button>
            <button type="submit" name="answer" value="cancel" id="idBtn_Back">Cancel</button></p>
            """)
    }

    func administrator(_ app: MicrosoftApp, attempt: String) -> String {
        form(
            "Need admin approval", attempt: attempt, step: "consent", problem: nil,
            """
            <p><strong>\(escaped(app.name))</strong> needs permission to access resources in your organization that only
            an admin can grant. Please ask an admin to grant permission to this app before you can use it.</p>
            <p><button type="submit" name="answer" value="administrator">Return to the application without granting
            consent</button></p>
            """)
    }

    func refusal(_ error: SignInError) -> String {
        page("Sorry, but we’re having trouble signing you in.", "<p id=\"error\">\(escaped(error.description))</p>")
    }

    /// The answer to the app as a form that is posted (response_mode=form_post).
    func answer(_ fields: FormFields, to redirectURI: String) -> String {
        let inputs = fields.fields.map {
            "<input type=\"hidden\" name=\"\(escaped($0.name))\" value=\"\(escaped($0.value))\">"
        }
        return page(
            "Working…",
            """
            <form method="post" action="\(escaped(redirectURI))">\(inputs.joined())
            <button type="submit">Continue</button></form>
            """)
    }

    private func form(_ title: String, attempt: String, step: String, problem: String?, _ content: String) -> String {
        page(
            title,
            """
            \(problem.map { "<p id=\"error\" role=\"alert\">\(escaped($0))</p>" } ?? "")
            <form method="post" action="\(escaped(action))">
            <input type="hidden" name="ctx" value="\(escaped(attempt))">
            <input type="hidden" name="step" value="\(step)">
            \(content)
            </form>
            """)
    }

    private func page(_ title: String, _ content: String) -> String {
        """
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
        <title>\(title) – sandbox for Microsoft</title></head>
        <body><main><h1>\(title)</h1>
        \(content)
        <p><small>A sandbox on this machine, not Microsoft.</small></p></main></body></html>
        """
    }

    private func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
    }
}
