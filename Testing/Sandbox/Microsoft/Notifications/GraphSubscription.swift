public import Foundation

/// A subscription to change notifications (subscription resource type).
public struct GraphSubscription: Hashable, Sendable {
    public let id: String
    /// The object id of the account, and the app, that made it.
    public let account: String
    public let client: String
    public let resource: String
    public let changeTypes: Set<String>
    public let notificationURL: String
    public let lifecycleURL: String?
    public let clientState: String?
    public internal(set) var expires: Date
    let wantsImmutableIDs: Bool
    /// The folder that it is narrowed to; nil for all.
    let folder: MailboxFolder.ID?
    let isOnEvents: Bool
    /// The log's line that was told last.
    var told: Int
    /// Nothing is told until the app has authorised it anew.
    var needsReauthorization = false
}
