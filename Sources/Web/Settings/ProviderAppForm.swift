import CRM
import Wording

/// What an administrator enters of an app that they registered.
struct ProviderAppForm: Sendable {
    var clientID = ""
    var secret = ""
    var tenant = ""

    /// Accounts of any organisation.
    static let anyTenant = "organizations"
    /// Ids, domains and secrets of providers are shorter; longer text is a mistake of pasting.
    private static let limit = 400

    init() {}

    init(_ fields: FormFields) {
        clientID = fields["client-id"].trimmed
        secret = fields["secret"].trimmed
        tenant = fields["tenant"].trimmed
    }

    struct Valid: Sendable {
        let clientID: String
        /// nil keeps the one that is there.
        let secret: Secret<String>?
        let tenant: String
    }

    func validated(needsSecret: Bool) throws(FormProblems) -> Valid {
        var problems = FormProblems()
        if !Self.isWord(clientID) {
            problems.add(.clientID, "Enter the application (client) ID, such as 11111111-2222-3333-4444-555555555555.")
        }
        if secret.isEmpty && needsSecret {
            problems.add(.password, "Enter the value of the client secret, which is shown once when it is made.")
        } else if !secret.isEmpty && !Self.isWord(secret) {
            problems.add(.password, "This is no client secret. Copy its value, which has no blanks.")
        }
        if !tenant.isEmpty && !Self.isName(tenant) {
            problems.add(.domain, "Enter the directory (tenant) ID, its domain, or organizations.")
        }
        if !problems.problems.isEmpty { throw problems }
        return Valid(
            clientID: clientID, secret: secret.isEmpty ? nil : Secret(secret),
            tenant: tenant.isEmpty ? Self.anyTenant : tenant)
    }

    private static func isWord(_ text: String) -> Bool {
        (1...limit).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// It becomes a part of an address.
    private static func isName(_ text: String) -> Bool {
        isWord(text) && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." } && text.first != "."
    }
}
