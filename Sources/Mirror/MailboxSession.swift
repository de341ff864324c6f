/// What one sign-in at a provider opens.
public struct MailboxSession: Sendable {
    public let source: any MailSource
    /// Nil where the provider has no calendars.
    public let calendars: (any CalendarTarget)?

    public init(source: any MailSource, calendars: (any CalendarTarget)? = nil) {
        self.source = source
        self.calendars = calendars
    }
}
