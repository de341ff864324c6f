import CRM
import Database
import Foundation
import Logging
import Mirror
import Store
import Wording

/// Brings one person's calendar to what their activities are: works off the ``CalendarOutbox``, an entry at a time, and
/// stores what it is about to ask before it asks, so that whatever ends in between is found again.
struct CalendarPush: Sendable {
    let organization: OrganizationID
    let mailbox: MailboxID
    let database: any Database
    let target: any CalendarTarget
    /// Seconds since 1970 UTC.
    let now: @Sendable () -> Int64
    let committed: @Sendable () async -> Void
    let logger: Logger

    /// Entries read at a time.
    private static let batch = 50

    /// What is left after a pass.
    struct Rest: Hashable, Sendable {
        /// When there is something to do again (seconds since 1970 UTC); nil where nothing waits.
        var next: Int64?
    }

    /// Works off what waits. An entry that cannot be finished yet does not hold up the others.
    ///
    /// - Throws: ``SourceError``, `DatabaseError`.
    func pass() async throws -> Rest {
        var rest = Rest()
        var problem: Phrase?
        var last: Int64 = 0
        while let choice = try await choice() {
            let (organization, owner, start) = (organization, choice.holder.owner, last)
            let entries = try await database.read {
                try CalendarOutbox.waiting($0, organization, owner: owner, after: start, limit: Self.batch)
            }
            guard let end = entries.last else { break }
            last = end.generation
            for entry in entries {
                do {
                    if let time = try await work(entry, choice) { rest.next = min(rest.next ?? time, time) }
                } catch let fault as CalendarFault {
                    problem = sentence(fault, choice)
                    let retry = now() + Self.pauseAfterFault
                    rest.next = min(rest.next ?? retry, retry)
                    if fault == .calendarMissing { return try await ended(rest, problem) }
                }
            }
        }
        return try await ended(rest, problem)
    }

    /// What the provider refused is tried again after so many seconds.
    private static let pauseAfterFault: Int64 = 600

    private func ended(_ rest: Rest, _ problem: Phrase?) async throws -> Rest {
        try await tell(problem)
        return rest
    }

    /// Says on the mailbox page what is wrong; nil takes it off.
    func tell(_ problem: Phrase?) async throws {
        let (organization, mailbox, now) = (organization, mailbox, now())
        let isNews = try await database.read {
            try MailboxCalendars.choice($0, organization, mailbox).map { $0.problem != problem } ?? false
        }
        guard isNews else { return }
        try await database.write { try MailboxCalendars.setProblem($0, organization, mailbox, problem, now: now) }
        await committed()
    }

    private func choice() async throws -> MailboxCalendars.Choice? {
        let (organization, mailbox) = (organization, mailbox)
        return try await database.read { try MailboxCalendars.choice($0, organization, mailbox) }
    }

    private func sentence(_ fault: CalendarFault, _ choice: MailboxCalendars.Choice) -> Phrase {
        switch fault {
        case .calendarMissing:
            "The calendar “\(choice.calendar?.name ?? "")” is gone or may not be written to any more. Choose another one."
        case .eventRefused(let reason): reason
        }
    }

    // MARK: One entry

    /// - Returns: when to look at it again; nil where it is finished.
    private func work(_ entry: CalendarOutbox.Entry, _ choice: MailboxCalendars.Choice) async throws -> Int64? {
        let (organization, holder) = (organization, choice.holder)
        var wasLookedFor = false
        var isUpToDate = false
        // No activity takes more than a removal, a search and a creation.
        for _ in 0..<Self.stepLimit {
            let (record, event) = try await database.read { tx in
                (
                    try CalendarEvents.find(tx, organization, holder, entry.activity),
                    try ActivityEvents.event(tx, organization, of: entry.activity, owner: holder.owner)
                )
            }
            let wish =
                event == nil
                ? nil
                : choice.calendar.map { wanted in
                    EventStep.Wish(calendar: wanted.id, isEdit: entry.action == .put)
                }
            let step = EventStep.next(
                record, wish, wasLookedFor: wasLookedFor, isUpToDate: isUpToDate, now: now())
            switch step {
            case .done:
                try await database.write { _ = try CalendarOutbox.finish($0, organization, entry) }
                return nil
            case .wait(let time): return time
            case .plan:
                guard let wish else { break }
                // Random, since an installation may be set up anew over the same calendar.
                try await store(
                    EventRecord(mark: UUID().uuidString.lowercased(), calendar: wish.calendar), entry, holder)
            case .forget: try await store(nil, entry, holder)
            case .create(var record):
                guard let event else { break }
                record.state = .asked(at: now())
                try await store(record, entry, holder)
                record.state = .standing(try await target.create(event, mark: record.mark, in: record.calendar))
                try await store(record, entry, holder)
                isUpToDate = true
            case .find(var record):
                wasLookedFor = true
                guard let id = try await find(record) else { continue }
                record.state = .standing(id)
                try await store(record, entry, holder)
            case .update(let id):
                guard let event, let record else { break }
                if try await target.update(id, to: event) {
                    isUpToDate = true
                } else {
                    try await missing(record, wish, entry, holder)
                }
            case .remove(let id):
                guard var record else { break }
                let isFirst = record.state == .standing(id)
                if isFirst {
                    let before = record
                    record.state = .leaving(id)
                    try await store(record, entry, holder)
                    record = before
                }
                if try await target.remove(id) || !isFirst {
                    try await store(nil, entry, holder)
                } else {
                    try await missing(record, wish, entry, holder)
                }
            }
        }
        logger.error("an activity is not brought into its calendar", metadata: ["activity": "\(entry.activity)"])
        return now() + Self.pauseAfterFault
    }

    private static let stepLimit = 12

    /// A calendar that is gone has no event.
    private func find(_ record: EventRecord) async throws -> String? {
        do {
            return try await target.find(mark: record.mark, in: record.calendar)
        } catch CalendarFault.calendarMissing {
            return nil
        }
    }

    /// The event is not there: its owner deleted it, or the whole calendar.
    private func missing(
        _ record: EventRecord, _ wish: EventStep.Wish?, _ entry: CalendarOutbox.Entry, _ holder: CalendarEvents.Holder
    ) async throws {
        var known = EventStep.afterMissing(record, wish)
        if known != nil, !(try await target.calendars().contains { $0.id == record.calendar }) { known = nil }
        try await store(known, entry, holder)
    }

    private func store(
        _ record: EventRecord?, _ entry: CalendarOutbox.Entry, _ holder: CalendarEvents.Holder
    ) async throws {
        let organization = organization
        try await database.write { try CalendarEvents.set($0, organization, holder, entry.activity, record) }
    }
}
