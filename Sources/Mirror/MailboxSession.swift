/// What one sign-in at a provider opens.
public struct MailboxSession: Sendable {
    public let source: any MailSource

    public init(source: any MailSource) { self.source = source }
}
