import CRM

/// Whose contacts or accounts are listed.
public enum OwnerFilter: Hashable, Sendable {
    case user(UserID)
    case nobody
}

/// What a list of contacts is narrowed to.
public struct ContactFilter: Hashable, Sendable {
    /// Each word of it begins a word of the contact's names or addresses, or of the account's name.
    public var query = ""
    public var owner: OwnerFilter?
    public var account: AccountID?
    public var mail: MailFilter?

    public init(query: String = "") { self.query = query }
}

/// Narrows contacts to those with whom emails were exchanged, or were not, as far as the viewer may know: only mail in
/// their visible mailboxes counts.
public struct MailFilter: Hashable, Sendable {
    /// Those with an email since then, in seconds since 1970 UTC, or those without one.
    public enum Kind: Hashable, Sendable {
        case since(Int64)
        case notSince(Int64)
    }

    public let kind: Kind
    public let visible: VisibleMailboxes

    public init(_ kind: Kind, visible: VisibleMailboxes) {
        self.kind = kind
        self.visible = visible
    }
}

/// What a list of accounts is narrowed to.
public struct AccountFilter: Hashable, Sendable {
    /// Each word of it begins a word of the account's name, city or domain.
    public var query = ""
    public var owner: OwnerFilter?

    public init(query: String = "") { self.query = query }
}
