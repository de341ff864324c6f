/// Tells apart what servers mean when they refuse AUTH.
enum SignInRefusal {
    static func error(for reply: SMTPReply) -> SMTPError {
        if asksForAppPassword(reply) { return .appPasswordNeeded(reply) }
        if reply.kind == .transientNegative { return .temporarilyUnavailable(.authentication, reply) }
        // 530 and 538 (RFC 4954, section 6) mean the connection, not the credentials.
        if reply.code == 530 || reply.code == 538 || reply.enhanced == .encryptionRequiredForMechanism {
            return .encryptionRequired(reply)
        }
        return .signInRefused(reply)
    }

    private static func asksForAppPassword(_ reply: SMTPReply) -> Bool {
        guard reply.kind == .permanentNegative else { return false }
        // Google: 534 5.7.9, also for "please log in with your web browser", which an app password cures as well.
        if reply.code == 534 || reply.enhanced == .authenticationMechanismTooWeak { return true }
        let text = reply.text.lowercased()
        return wordings.contains { text.contains($0) }
    }

    /// In lower case, as Apple, Fastmail, Google, Yahoo, Yandex and Zoho word it.
    private static let wordings = [
        "application-specific password", "application specific password", "app-specific password",
        "app specific password",
        "application password", "app password",
    ]
}
