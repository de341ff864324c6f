import CRM
import Database
import Mirror
import Store
import Synchronization

/// Reads the changes of one folder into the mirror.
struct FolderReading: Sendable {
    let context: MailboxContext
    let pass: Int64
    let remote: RemoteFolder
    let distrustsVanished: Bool
    /// Called after a page that brought messages without a text.
    let textsWanted: @Sendable () -> Void

    struct Report: Sendable {
        var sawTransients = false
        var changed = false
        var isMissing = false
        /// Differences found by a verification.
        var read = 0
        var missing = 0
        var extra = 0
    }

    /// Brings the folder up to date, from the start where the checkpoint does not serve any more.
    func catchUp(_ row: FolderRow) async throws -> Report {
        let report = Collected()
        var row = row
        for attempt in 0..<2 {
            if row.checkpoint == nil { try await restart(&row) }
            let outcome = try await WriteBehind.during { writes in
                let pages = PageWriter(reading: self, row: row, report: report, writes: writes)
                return try await context.source.changes(
                    in: remote, since: row.checkpoint, mirrored: { try await pages.mirrored() },
                    page: { try await pages.write($0) })
            }
            switch outcome {
            case .unchanged, .complete:
                return report.value
            case .folderMissing:
                report.update { $0.isMissing = true }
                return report.value
            case .checkpointUnusable(let fault):
                context.logger.notice(
                    "folder has to be read from the start",
                    metadata: ["folder": .string(remote.path), "fault": .string(fault.rawValue)])
                // The others are read in any case, and this one again with the next look.
                if attempt == 1 {
                    throw SourceError.folderUnreadable("The folder \(remote.name) changed while it was read.")
                }
                row = row.withoutCheckpoint
            }
        }
        return report.value
    }

    /// Reads all headers of the folder again and compares; what differs is put right.
    func verify(_ row: FolderRow) async throws -> Report {
        let report = Collected()
        let pages = VerificationWriter(reading: self, row: row, report: report)
        let outcome = try await context.source.changes(
            in: remote, since: nil, mirrored: { [] }, page: { try await pages.write($0) })
        switch outcome {
        case .complete, .unchanged: return report.value
        case .folderMissing: throw SourceError.folderMissing("The folder \(remote.name) is gone.")
        case .checkpointUnusable:
            throw SourceError.folderUnreadable("The folder \(remote.name) changed while it was checked.")
        }
    }

    private func restart(_ row: inout FolderRow) async throws {
        let (organization, folder, epoch) = (context.organization, row.id, remote.epoch)
        try await context.write { try Folders.restart($0, organization, folder, epoch: epoch) }
        guard let fresh = try await context.read({ try Folders.find($0, organization, folder) }) else {
            throw SourceError.transient("The folder \(remote.name) was removed while it was read.")
        }
        row = fresh
    }

    /// Replaces the provider's word that messages are gone by a complete listing, where so many would go that its word
    /// is not enough.
    func brake(_ gone: Gone, _ page: PageContext) async throws -> Gone {
        guard case .reported(let ids, let total) = gone else { return gone }
        let (mirrored, reported) = try await context.read { tx in
            (try MirrorPages.mirroredCount(tx, page), try MirrorPages.mirroredCount(tx, page, among: ids))
        }
        guard reported > 0 else { return gone }
        guard distrustsVanished || DeletionBrake.demandsListing(reported: reported, mirrored: mirrored) else {
            return gone
        }
        let listing = try await context.source.listing(of: remote)
        let contradicted = ids.filter(listing.contains).count
        context.logger.notice(
            "many messages reported as gone; compared with a listing",
            metadata: [
                "folder": .string(remote.path), "reported": "\(ids.count)", "mirrored": "\(mirrored)",
                "contradicted": "\(contradicted)",
            ])
        if contradicted > 0 {
            let (organization, mailbox) = (context.organization, context.mailbox)
            try await context.write { try Mailboxes.distrustVanished($0, organization, mailbox) }
        }
        return .allExcept(listing, total: total)
    }
}

/// A report that page closures add to.
final class Collected: Sendable {
    private let report = Mutex(FolderReading.Report())

    var value: FolderReading.Report { report.withLock { $0 } }

    func update(_ change: (inout FolderReading.Report) -> Void) { report.withLock { change(&$0) } }
}
