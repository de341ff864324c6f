import Foundation

/// A refusal of the Microsoft identity platform: an OAuth error with its AADSTS code.
struct SignInError: Error, Hashable {
    var error: String
    var code: Int
    var words: String
    var suberror: String?
    var status = 400

    /// The JSON of the token endpoint. Trace and correlation ids are new for each, as the real ones are.
    func body(at time: Date, correlation: String) -> JSONValue {
        let stamp = Self.stamp(time)
        let trace = UUID().uuidString.lowercased()
        var body: JSONValue = [
            "error": .string(error),
            "error_description": "\(description) Trace ID: \(trace) Correlation ID: \(correlation) Timestamp: \(stamp)",
            "error_codes": [.integer(code)],
            "timestamp": .string(stamp),
            "trace_id": .string(trace),
            "correlation_id": .string(correlation),
            "error_uri": "https://login.microsoftonline.com/error?code=\(code)",
        ]
        if let suberror { body["suberror"] = .string(suberror) }
        return body
    }

    var description: String { "AADSTS\(code): \(words)" }

    static func stamp(_ time: Date) -> String {
        let text = time.formatted(
            .iso8601.year().month().day().dateTimeSeparator(.space).time(includingFractionalSeconds: false))
        return text.hasSuffix("Z") ? text : text + "Z"
    }
}

extension SignInError {
    static func unknownApp(_ id: String, tenant: String) -> SignInError {
        SignInError(
            error: "unauthorized_client", code: 700016,
            words:
                "Application with identifier '\(id)' was not found in the directory '\(tenant)'. This can "
                + "happen if the "
                + "application has not been installed by the administrator of the tenant or consented to by any "
                + "user in the tenant."
        )
    }

    static func unknownTenant(_ name: String) -> SignInError {
        SignInError(
            error: "invalid_request", code: 90002,
            words:
                "Tenant '\(name)' not found. Check to make sure you have the correct tenant ID and are signing "
                + "into the correct cloud."
        )
    }

    static func redirect(_ uri: String, app: String) -> SignInError {
        SignInError(
            error: "invalid_request", code: 50011,
            words:
                "The redirect URI '\(uri)' specified in the request does not match the redirect URIs configured "
                + "for the "
                + "application '\(app)'.")
    }

    static func malformed(_ words: String) -> SignInError {
        SignInError(error: "invalid_request", code: 900144, words: words)
    }

    static let wrongSecret = SignInError(
        error: "invalid_client", code: 7_000_215,
        words:
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
            + "value, not the "
            + "client secret ID, for a secret added to app.", status: 401)

    static func expiredSecret(_ app: String) -> SignInError {
        SignInError(
            error: "invalid_client", code: 7_000_222,
            words:
                "The provided client secret keys for app '\(app)' are expired. Visit the Azure portal to create "
                + "new keys for "
                + "your app, or consider using certificate credentials for added security.", status: 401)
    }

    static let missingSecret = SignInError(
        error: "invalid_client", code: 7_000_218,
        words: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        status: 401)

    static let codeExpired = SignInError(
        error: "invalid_grant", code: 70008,
        words: "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive "
            + "authorization request for this user and resource.")

    static let codeUsed = SignInError(
        error: "invalid_grant", code: 54005,
        words:
            "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an "
            + "existing refresh token."
    )

    static let codeUnknown = SignInError(
        error: "invalid_grant", code: 9_002_313, words: "Invalid request. Request is malformed or invalid.")

    static let verifier = SignInError(
        error: "invalid_grant", code: 501_481,
        words: "The Code_Verifier does not match the code_challenge supplied in the authorization request.")

    static func refreshExpired(issued: Date) -> SignInError {
        SignInError(
            error: "invalid_grant", code: 700_082,
            words:
                "The refresh token has expired due to inactivity. The token was issued on \(stamp(issued)) and "
                + "was inactive for "
                + "90.00:00:00.")
    }

    static func revoked(issued: Date, validFrom: Date) -> SignInError {
        SignInError(
            error: "invalid_grant", code: 50173,
            words:
                "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user "
                + "might have "
                + "changed or reset their password. The grant was issued on '\(stamp(issued))' and the "
                + "TokensValidFrom date "
                + "(before which tokens are not valid) for this user is '\(stamp(validFrom))'.", suberror: "bad_token")
    }

    static func consentMissing(_ app: MicrosoftApp) -> SignInError {
        SignInError(
            error: "invalid_grant", code: 65001,
            words: "The user or administrator has not consented to use the application with ID '\(app.clientID)' named "
                + "'\(app.name)'. Send an interactive authorization request for this user and resource.",
            suberror: "consent_required")
    }

    static let secondFactor = SignInError(
        error: "interaction_required", code: 50076,
        words:
            "Due to a configuration change made by your administrator, or because you moved to a new location, "
            + "you must use "
            + "multi-factor authentication to access '00000003-0000-0000-c000-000000000000'.", suberror: "basic_action")

    static let disabled = SignInError(
        error: "invalid_grant", code: 50057, words: "The user account is disabled.")

    static let notSignedIn = SignInError(
        error: "login_required", code: 50058,
        words: "A silent sign-in request was sent but no user is signed in.")
}
