/// What one sign-in at a provider opens.
public struct MailboxSession: Sendable {
    public let source: any MailSource
    /// nil where the mail system has no calendars.
    public let calendar: (any CalendarTarget)?

    public init(source: any MailSource, calendar: (any CalendarTarget)? = nil) {
        self.source = source
        self.calendar = calendar
    }
}
