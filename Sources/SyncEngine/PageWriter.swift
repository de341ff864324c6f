import CRM
import Database
import Mirror
import Store
import Synchronization

/// Writes the pages of a reading, each in one transaction with its checkpoint.
struct PageWriter: Sendable {
    let reading: FolderReading
    let report: Collected
    private let writes: WriteBehind
    private let pageContext: PageContext
    /// The folder was not read completely before, so ids of earlier epochs may still be around.
    private let isFirstScan: Bool
    private let firstBook: Int64?

    init(reading: FolderReading, row: FolderRow, report: Collected, writes: WriteBehind) {
        self.reading = reading
        self.report = report
        self.writes = writes
        self.isFirstScan = !row.scanComplete
        self.firstBook = row.scanBook
        self.pageContext = PageContext(
            organization: reading.context.organization, mailbox: reading.context.mailbox, folder: row.id,
            epoch: row.epoch, purpose: row.checkpoint == nil ? .rescan : .arrival, pass: reading.pass)
    }

    func mirrored() async throws -> [RemoteMessageID] {
        try await writes.finish()
        return try await reading.context.read { [pageContext] in try MirrorPages.known($0, pageContext) }
    }

    /// Decides a page and begins to write it; what the writing of the page before threw is thrown here.
    func write(_ page: ChangePage) async throws {
        var page = page
        if case .reported = page.gone {
            try await writes.finish()
            page.gone = try await reading.brake(page.gone, pageContext)
        }
        let book = reading.context.addressBook.value
        let decided = DecidedPage(page, by: book.addressBook)
        try await writes.begin { try await store(decided, by: book) }
    }

    private func store(_ decided: DecidedPage, by book: VersionedAddressBook) async throws {
        let (context, pageContext, isFirstScan, firstBook) = (reading.context, pageContext, isFirstScan, firstBook)
        let final = decided.page
        let now = context.now()
        let (plan, newBook) = try await context.write { tx in
            let applied = try MirrorPages.apply(tx, pageContext, decided, by: book, now: now)
            try MirrorPages.advance(
                tx, pageContext, to: final, noContact: applied.plan.noContact, scanComplete: final.isScanComplete)
            if isFirstScan {
                if final.isScanComplete {
                    try MirrorPages.dropOtherEpochs(tx, pageContext)
                    if applied.addressBook.version != firstBook { try MirrorPages.balanceNoContact(tx, pageContext) }
                }
                try FirstSyncProgress.record(tx, pageContext.organization, pageContext.mailbox)
            }
            return applied
        }
        reading.context.addressBook.update(newBook)
        report.update {
            $0.sawTransients = $0.sawTransients || final.sawTransients
            $0.changed = $0.changed || !plan.isEmpty
        }
        if !plan.inserts.isEmpty { reading.textsWanted() }
    }
}

/// Compares the pages of a complete reading with the mirror. The folder's checkpoint and counts change only at the end,
/// so that an interrupted check leaves them as they were.
final class VerificationWriter: Sendable {
    let reading: FolderReading
    let report: Collected
    private let pageContext: PageContext
    private let noContact = SharedCount()
    private let checkpoint: Checkpoint?
    /// The address book that the first page was decided with.
    private let bookVersion = Mutex<Int64?>(nil)

    init(reading: FolderReading, row: FolderRow, report: Collected) {
        self.reading = reading
        self.report = report
        self.pageContext = PageContext(
            organization: reading.context.organization, mailbox: reading.context.mailbox, folder: row.id,
            epoch: row.epoch, purpose: .rescan, pass: reading.pass)
        checkpoint = row.checkpoint
    }

    func write(_ page: ChangePage) async throws {
        let (context, pageContext) = (reading.context, pageContext)
        let book = reading.context.addressBook.value
        let decided = DecidedPage(page, by: book.addressBook)
        let now = context.now()
        let counted = noContact
        let firstBook = bookVersion.withLock { version in
            version = version ?? book.version
            return version
        }
        let (plan, newBook) = try await context.write { tx in
            let applied = try MirrorPages.apply(tx, pageContext, decided, by: book, now: now)
            let total = counted.add(applied.plan.noContact)
            if page.isScanComplete {
                try MirrorPages.recount(tx, pageContext, to: page, noContact: total)
                if applied.addressBook.version != firstBook { try MirrorPages.balanceNoContact(tx, pageContext) }
            }
            return applied
        }
        reading.context.addressBook.update(newBook)
        let missing = lost(plan, newBook)
        report.update {
            $0.read += page.present.count
            $0.missing += missing
            $0.extra += plan.removedLocations.count
        }
        if !plan.inserts.isEmpty { reading.textsWanted() }
    }
}

extension VerificationWriter {
    /// How many messages should have been in the mirror before. What came since the last pass, and what belongs to a
    /// contact added since, is news and not a loss.
    private func lost(_ plan: PagePlan, _ book: VersionedAddressBook) -> Int {
        let isSameBook = bookVersion.withLock { $0 == book.version }
        guard isSameBook, let checkpoint else { return 0 }
        let ids = plan.inserts.flatMap(\.ids) + plan.newLocations.map(\.id)
        return ids.count { reading.context.source.covers(checkpoint, $0) }
    }
}

/// A count that page closures add to.
final class SharedCount: Sendable {
    private let count = Mutex(0)

    /// Returns the new count.
    @discardableResult
    func add(_ number: Int) -> Int {
        count.withLock {
            $0 += number
            return $0
        }
    }
}
