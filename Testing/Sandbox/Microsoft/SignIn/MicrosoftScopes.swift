import Foundation

/// Delegated permissions as apps ask for them: `Mail.Read`, `https://graph.microsoft.com/Mail.Read`, `openid`.
enum MicrosoftScopes {
    static let identity: Set<String> = ["openid", "profile", "email", "offline_access"]

    private static let graph: [String: String] = [
        "User.Read": "View your basic profile",
        "User.ReadBasic.All": "Read all users' basic profiles",
        "Mail.Read": "Read your mail",
        "Mail.ReadBasic": "Read basic information about your mail",
        "Mail.ReadWrite": "Read and write access to your mail",
        "Mail.Send": "Send mail as you",
        "Mail.Read.Shared": "Read mail you can access",
        "Calendars.Read": "Read your calendars",
        "Calendars.ReadBasic": "Read basic details of your calendars",
        "Calendars.ReadWrite": "Have full access to your calendars",
        "Calendars.Read.Shared": "Read calendars you can access",
        "Calendars.ReadWrite.Shared": "Read and write to your and shared calendars",
        "MailboxSettings.Read": "Read your mailbox settings",
        "MailboxSettings.ReadWrite": "Read and write to your mailbox settings",
        "Contacts.Read": "Read your contacts",
    ]

    private static let identityWords = [
        "openid": "Sign you in", "profile": "View your basic profile", "email": "View your email address",
        "offline_access": "Maintain access to data you have given it access to",
    ]

    static func words(for scope: String) -> String { graph[scope] ?? identityWords[scope] ?? scope }

    /// The scopes by their own names, in the order asked; nil where one is not known.
    static func parse(_ text: String) -> [String]? {
        var found: [String] = []
        for word in text.split(separator: " ") {
            let name = word.hasPrefix("https://graph.microsoft.com/") ? word.dropFirst(28) : word
            if identity.contains(name.lowercased()) {
                found.append(name.lowercased())
            } else if let known = graph.keys.first(where: { $0.caseInsensitiveCompare(name) == .orderedSame }) {
                found.append(known)
            } else if name == ".default" {
                found.append(".default")
            } else {
                return nil
            }
        }
        return found
    }

    /// Whether one of the granted scopes allows what `needed` allows.
    static func allow(_ granted: Set<String>, _ needed: String) -> Bool {
        let wider: [String: [String]] = [
            "Mail.ReadBasic": ["Mail.Read", "Mail.ReadWrite"], "Mail.Read": ["Mail.ReadWrite"],
            "Calendars.Read": ["Calendars.ReadWrite"], "User.Read": ["User.ReadBasic.All"],
            "MailboxSettings.Read": ["MailboxSettings.ReadWrite"],
        ]
        return granted.contains(needed) || wider[needed, default: []].contains { granted.contains($0) }
    }
}
