import CRM
import Mirror
import Store

extension SyncEngine {
    /// The calendars of a mailbox's owner that can be chosen; nil where the mail system has none.
    ///
    /// - Throws: ``SourceError``; `DatabaseError`.
    public func calendars(of mailbox: MailboxID, organization: OrganizationID) async throws -> [RemoteCalendar]? {
        try await withSession(of: mailbox, organization) { try await $0.calendar?.calendars() }
    }

    /// Chooses the calendar that its owner's activities appear in, or none: then what is in the old one goes.
    ///
    /// - Returns: false where the person may not write to such a calendar.
    /// - Throws: ``SourceError``; `DatabaseError`.
    public func choose(
        calendar: String?, of mailbox: MailboxID, organization: OrganizationID
    ) async throws -> Bool {
        var chosen: RemoteCalendar?
        if let calendar {
            chosen = try await calendars(of: mailbox, organization: organization)?.first { $0.id == calendar }
            if chosen == nil { return false }
        }
        let (choice, now) = (chosen, services.now())
        try await services.database.write {
            try MailboxCalendars.choose($0, organization, mailbox, choice, now: now)
        }
        // Wakes the mailbox's own work.
        await services.feed.publish([.anything(in: organization)])
        return true
    }

    /// Removes what was made in the calendar of a mailbox, before it is disconnected, whether or not it is paused.
    ///
    /// - Parameter limit: how long to go on at most.
    /// - Returns: how many events are left.
    /// - Throws: ``SourceError``; `DatabaseError`.
    public func removeEvents(
        of mailbox: MailboxID, organization: OrganizationID, limit: Duration = .seconds(30)
    ) async throws -> Int {
        _ = try await choose(calendar: nil, of: mailbox, organization: organization)
        let services = services
        return try await withSession(of: mailbox, organization) { session in
            let end = ContinuousClock.now + limit
            while true {
                let left = try await services.database.read { tx in
                    guard let choice = try MailboxCalendars.choice(tx, organization, mailbox) else { return 0 }
                    return try CalendarEvents.count(tx, organization, choice.holder)
                }
                guard left > 0, ContinuousClock.now < end, let target = session.calendar else { return left }
                let push = CalendarPush(
                    organization: organization, mailbox: mailbox, database: services.database, target: target,
                    now: services.now, committed: { await services.feed.committed() }, logger: services.logger)
                _ = try await push.pass()
                // What was asked for a moment ago may still be under way.
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }
}
