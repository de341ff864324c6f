import Testing

@testable import IMAP

@Suite struct SignInRefusalTests {
    private static let answers: [(answer: String, meaning: @Sendable (String) -> SignInRefusal)] = [
        ("NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", { .wrongCredentials($0) }),
        ("NO [AUTHENTICATIONFAILED] Authentication failed.", { .wrongCredentials($0) }),
        ("NO [AUTHORIZATIONFAILED] no", { .wrongCredentials($0) }),
        ("NO [EXPIRED] The password is too old", { .wrongCredentials($0) }),
        ("NO LOGIN failed.", { .wrongCredentials($0) }),
        ("NO Login failed: authentication failure", { .wrongCredentials($0) }),
        ("NO AUTHENTICATE failed.", { .wrongCredentials($0) }),
        ("NO authentication failure", { .wrongCredentials($0) }),
        ("NO Login incorrect", { .wrongCredentials($0) }),
        ("NO Login failed.", { .wrongCredentials($0) }),
        ("NO Invalid user name or password.", { .wrongCredentials($0) }),
        ("NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials", { .wrongCredentials($0) }),
        ("NO [AUTHENTICATIONFAILED]", { .wrongCredentials($0) }),
        ("NO [ALERT] Invalid credentials (Failure)", { .wrongCredentials($0) }),
        ("NO LOGIN Login error or password error", { .wrongCredentials($0) }),
        ("NO Access denied", { .wrongCredentials($0) }),
        (
            "NO Login fail. Account is abnormal, service is not open, password is incorrect, login frequency limited, or system is busy.",
            { .wrongCredentials($0) }
        ),
        ("BAD [AUTHENTICATIONFAILED] no", { .wrongCredentials($0) }),
        ("NO Authentication service not available", { .temporary($0) }),
        ("NO System busy, retry", { .temporary($0) }),
        ("NO Authentication failed, server busy", { .temporary($0) }),
        ("NO Login failed: cannot connect to the directory", { .temporary($0) }),
        ("NO", { .temporary($0) }),
        ("NO Come back tomorrow", { .temporary($0) }),
        ("BAD Error in command", { .temporary($0) }),
        ("BAD LOGIN failed", { .temporary($0) }),
        ("BAD User is authenticated but not connected.", { .temporary($0) }),
        ("NO Login only available under a layer", { .privacyRequired($0) }),
        (
            "NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833",
            { .applicationPasswordRequired($0) }
        ),
        ("NO [AUTHENTICATIONFAILED] Use an app password", { .applicationPasswordRequired($0) }),
        ("NO Your account is not enabled for IMAP use. Please visit the settings.", { .imapDisabled($0) }),
        (
            "NO IMAP access is disabled for your domain. Please contact your domain administrator.",
            { .imapDisabled($0) }
        ),
        (
            "NO [ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754",
            { .webLoginRequired($0) }
        ),
        ("NO Login to your account via a web browser to verify your account", { .webLoginRequired($0) }),
        ("NO [WEBALERT https://accounts.google.com/] Web login required.", { .webLoginRequired($0) }),
        ("NO [ALERT] Too many simultaneous connections. (Failure)", { .tooManyConnections($0) }),
        (
            "NO Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)",
            { .tooManyConnections($0) }
        ),
        ("NO [LIMIT] no more", { .tooManyConnections($0) }),
        ("NO Account exceeded command or bandwidth limits. (Failure)", { .temporary($0) }),
        ("NO [OVERQUOTA] Account exceeded command or bandwidth limits", { .temporary($0) }),
        ("NO [OVERQUOTA] Come back tomorrow", { .temporary($0) }),
        ("NO Service temporarily unavailable", { .temporary($0) }),
        ("NO [UNAVAILABLE] Temporary authentication failure. [mail:2026-01-01 00:00:00]", { .temporary($0) }),
        ("NO [UNAVAILABLE] Authentication failed", { .temporary($0) }),
        ("NO [INUSE] locked", { .temporary($0) }),
        ("NO [SERVERBUG] Internal error occurred. Refer to server log for more information.", { .temporary($0) }),
        ("NO [CONTACTADMIN] see the administrator", { .temporary($0) }),
        ("BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds", { .temporary($0) }),
        ("NO Server Unavailable. 15", { .temporary($0) }),
        (
            "NO [PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.",
            { .privacyRequired($0) }
        ),
        ("NO Plaintext authentication disallowed on non-secure connections", { .privacyRequired($0) }),
    ]

    @Test(arguments: answers.indices) func `the words of a refusal tell what has to be done`(index: Int) throws {
        guard case .tagged(_, let status) = try Wire.response("A1 " + Self.answers[index].answer) else {
            Issue.record("not tagged")
            return
        }
        let refusal = SignInRefusal(status: status.status, code: status.code?.name, text: status.text)
        #expect(refusal == Self.answers[index].meaning(status.text))
        #expect(refusal.text == status.text)
    }

    @Test func `the words of a BYE are never taken for wrong credentials`() {
        #expect(
            SignInRefusal(status: nil, code: nil, text: "Disconnected for inactivity")
                == .temporary("Disconnected for inactivity"))
        #expect(
            SignInRefusal(status: nil, code: nil, text: "Too many connections")
                == .tooManyConnections("Too many connections"))
    }
}
