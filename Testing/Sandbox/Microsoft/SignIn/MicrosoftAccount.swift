public import Foundation

/// A user of the sandbox's tenant.
public struct MicrosoftAccount: Hashable, Sendable {
    public var objectID: String
    /// What the person signs in with; need not be an address that receives mail.
    public var principalName: String
    public var displayName: String
    /// The primary address; nil for one whose directory entry has none, as Graph's `mail` may be null.
    public var mail: String?
    /// Further addresses of the same mailbox.
    public var aliases: [String]
    public var password: String
    /// Refused with AADSTS50057 where not.
    public var isEnabled = true
    /// Since when a second factor is asked: a grant from before needs a new sign-in (AADSTS50076).
    public var secondFactorSince: Date?
    /// Whether only an administrator may consent (AADSTS90094).
    public var needsAdministrator = false
    /// Without a licence there is none, and Graph answers MailboxNotEnabledForRESTAPI.
    public var hasMailbox = true
    /// Grants from before are refused (AADSTS50173): the password was changed, or sessions were revoked.
    public internal(set) var tokensValidFrom: Date?
    /// The scopes that were consented to, for each app.
    public internal(set) var consents: [String: Set<String>] = [:]

    public init(
        principalName: String, displayName: String, mail: String?? = .none, aliases: [String] = [],
        password: String = "pass phrase", objectID: String = UUID().uuidString.lowercased()
    ) {
        self.objectID = objectID
        self.principalName = principalName
        self.displayName = displayName
        self.mail = mail ?? principalName
        self.aliases = aliases
        self.password = password
    }

    /// `proxyAddresses` of the directory: the primary address is marked by upper case.
    var proxyAddresses: [String] {
        (mail.map { ["SMTP:\($0)"] } ?? []) + aliases.map { "smtp:\($0)" }
    }

    /// Names that the person may sign in or be addressed with.
    func answers(to name: String) -> Bool {
        [objectID, principalName].contains { $0.caseInsensitiveCompare(name) == .orderedSame }
            || mail?.caseInsensitiveCompare(name) == .orderedSame
    }
}
