import Wording

/// A mail provider whose settings need not be typed.
public struct KnownProvider: Hashable, Sendable, Identifiable {
    /// How its mailboxes are connected.
    public enum Kind: Hashable, Sendable {
        case imap
        /// With a sign-in at Microsoft; not offered yet.
        case microsoft365
        /// With a sign-in at Google; not offered yet.
        case google
    }

    /// What the servers take as the user name.
    public enum UserName: Hashable, Sendable {
        case address
        /// The part of the address before the @.
        case localPart
        /// Something that cannot be told from the address; a sentence for the person.
        case other(hint: Phrase)
    }

    /// Small letters, digits and hyphens; stays the same when the name changes.
    public let id: String
    /// As the provider writes it.
    public let name: String
    /// Domains of its own addresses, in lower case. Customers' own domains are not here: those are found out by asking.
    public let domains: [String]
    public let imap: KnownServer
    public let smtp: KnownServer
    /// Where to find the server's name, for providers that give each customer another.
    public let hostHint: Phrase?
    public let userName: UserName
    /// An https address: where an app password is made, or the provider's explanation of it.
    public let appPasswordPage: String?
    /// When an app password is needed, or what else must be switched on first; a sentence or two for the person.
    public let appPasswordNote: Phrase?
    public let kind: Kind

    public init(
        id: String, name: String, domains: [String] = [], imap: KnownServer, smtp: KnownServer, hostHint: Phrase? = nil,
        userName: UserName = .address, appPasswordPage: String? = nil, appPasswordNote: Phrase? = nil,
        kind: Kind = .imap
    ) {
        self.id = id
        self.name = name
        self.domains = domains
        self.imap = imap
        self.smtp = smtp
        self.hostHint = hostHint
        self.userName = userName
        self.appPasswordPage = appPasswordPage
        self.appPasswordNote = appPasswordNote
        self.kind = kind
    }

    /// What to sign in with, where it follows from the address; nil where the person must be asked.
    public func userName(for address: String) -> String? {
        switch userName {
        case .address: address
        case .localPart: address.lastIndex(of: "@").map { String(address[..<$0]) } ?? address
        case .other: nil
        }
    }
}
