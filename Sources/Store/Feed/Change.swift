import CRM

/// That something on a card, or in a mailbox's state, is other than before. It names the place only: who is told
/// fetches what they may see.
public struct Change: Hashable, Sendable {
    public let organization: OrganizationID
    public let contact: ContactID?
    public let account: AccountID?
    /// The mailbox that it came from; nil where it has nothing to do with mail.
    public let mailbox: MailboxID?
    /// The meeting or task that it is of.
    public let activity: ActivityID?
    /// Of a message that is hidden from others than those whose own mail it is.
    public let isHidden: Bool

    public init(
        organization: OrganizationID, contact: ContactID? = nil, account: AccountID? = nil, mailbox: MailboxID? = nil,
        activity: ActivityID? = nil, isHidden: Bool = false
    ) {
        self.organization = organization
        self.contact = contact
        self.account = account
        self.mailbox = mailbox
        self.activity = activity
        self.isHidden = isHidden
    }

    /// Anything in the organisation may have changed: levels, hierarchy, or more than could be told one by one.
    public static func anything(in organization: OrganizationID) -> Change { Change(organization: organization) }

    public var isAnything: Bool { contact == nil && account == nil && mailbox == nil && activity == nil }
}
