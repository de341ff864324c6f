import CRM
import Database
import Logging
import Mirror
import Store
import Wording

/// One look at all folders of a mailbox.
struct MailboxPass: Sendable {
    let context: MailboxContext
    let textsWanted: @Sendable () -> Void
    let parking: FolderParking

    struct Report: Sendable {
        let pass: Int64
        /// Every folder that can be read at all was read.
        var isComplete = true
        var sawTransients = false
        /// A folder is not listed any more, or is said not to exist; the next pass decides about it.
        var folderWentMissing = false
        /// Messages may have moved into a folder that cannot be read at present, so none is believed to be gone.
        var isBlind = false
        /// Something of the mirror or its counts changed.
        var changed = false
        var orphansRemain = false
        var removed = 0
    }

    func run() async throws -> Report {
        let (organization, mailbox) = (context.organization, context.mailbox)
        let pass = try await context.write { try Mailboxes.beginPass($0, organization, mailbox) }
        guard let row = try await context.read({ try Mailboxes.find($0, organization, mailbox) }) else {
            throw SourceError.misconfigured("The mailbox was disconnected.")
        }
        try await context.refreshAddressBook()
        var report = Report(pass: pass)
        let folders = try await reconcileFolders(pass: pass, report: &report)
        var quiet: [FolderID] = []
        for (folder, remote) in folders {
            if parking.isParked(folder.id, now: context.now()) {
                let wasRead = folder.confirmedAt != nil
                report.isBlind =
                    report.isBlind || parking.mayHide(folder.id, counted: remote.snapshot, wasRead: wasRead)
                continue
            }
            let reading = FolderReading(
                context: context, pass: pass, remote: remote, distrustsVanished: row.distrustsVanished,
                textsWanted: textsWanted)
            do {
                let result = try await reading.catchUp(folder)
                report.sawTransients = report.sawTransients || result.sawTransients
                report.changed = report.changed || result.changed
                if result.isMissing {
                    try await missing(folder, remote, &report)
                } else {
                    parking.succeeded(folder.id, counted: remote.snapshot)
                    quiet.append(folder.id)
                }
            } catch SourceError.folderUnreadable(let reason) {
                try await setAside(folder, remote, reason: reason, report: &report)
            }
        }
        try await finish(quiet, &report)
        return report
    }

    private func finish(_ confirmed: [FolderID], _ report: inout Report) async throws {
        let (organization, mailbox) = (context.organization, context.mailbox)
        let now = context.now()
        let (pass, settles) = (report.pass, report.isComplete && !report.sawTransients && !report.isBlind)
        let isComplete = report.isComplete
        (report.removed, report.orphansRemain) = try await context.write { tx in
            try Folders.confirmed(tx, organization, confirmed, at: now)
            let removed = settles ? try Orphans.settle(tx, organization, mailbox, before: pass, now: now) : 0
            if isComplete { try Mailboxes.confirmed(tx, organization, mailbox, at: now) }
            return (removed, try Orphans.exist(tx, organization, mailbox))
        }
    }

    /// Brings the rows in line with what the provider lists. A folder that is not listed keeps its messages until a
    /// second listing agrees.
    private func reconcileFolders(pass: Int64, report: inout Report) async throws -> [(FolderRow, RemoteFolder)] {
        let (organization, mailbox) = (context.organization, context.mailbox)
        let listed = try await context.source.folders()
        guard listed.contains(where: { $0.role == .inbox }) else {
            throw SourceError.transient("The server's list of folders is incomplete: it has no inbox.")
        }
        let remotes = listed.filter(\.role.isMirrored)
        let known = try await context.read { try Folders.list($0, organization, mailbox) }
        let byRemoteID = Dictionary(known.map { ($0.remoteID, $0) }, uniquingKeysWith: { first, _ in first })
        let changed = remotes.filter { remote in
            guard let row = byRemoteID[remote.id] else { return true }
            return row.path != remote.path || row.name != remote.name || row.role != remote.role
                || row.missingSincePass != nil
        }
        let listedIDs = Set(remotes.map(\.id))
        let notMirroredIDs = Set(listed.map(\.id)).subtracting(listedIDs)
        let missing = known.filter { !listedIDs.contains($0.remoteID) }
        let kept = try await kept(
            among: missing.filter { !notMirroredIDs.contains($0.remoteID) && ($0.missingSincePass ?? pass) < pass })
        let now = context.now()
        if !changed.isEmpty || !missing.isEmpty {
            let wentMissing = try await context.write { tx in
                for remote in changed { _ = try Folders.upsert(tx, organization, mailbox, remote) }
                var wentMissing = false
                for row in missing where !kept.contains(row.id) {
                    if notMirroredIDs.contains(row.remoteID) || (row.missingSincePass ?? pass) < pass {
                        try Folders.remove(tx, organization, row.id, pass: pass)
                    } else {
                        try Folders.setMissing(tx, organization, row.id, since: pass, now: now)
                        wentMissing = true
                    }
                }
                return wentMissing
            }
            report.folderWentMissing = report.folderWentMissing || wentMissing
        }
        let rows = try await context.read { try Folders.list($0, organization, mailbox) }
        let byID = Dictionary(rows.map { ($0.remoteID, $0) }, uniquingKeysWith: { first, _ in first })
        return remotes.compactMap { remote in byID[remote.id].map { ($0, remote) } }.sorted {
            $0.1.role.rank < $1.1.role.rank
        }
    }

    /// Folders that stay although a second listing does not name them: those that can be opened, those of which the
    /// server does not say that they do not exist, and those with so much of the mailbox in them that a moment is given
    /// for them to come back (a storage that is not mounted looks like folders that were deleted).
    private func kept(among folders: [FolderRow]) async throws -> Set<FolderID> {
        var kept: Set<FolderID> = []
        for folder in folders {
            do {
                _ = try await context.source.listing(of: folder.remote)
                kept.insert(folder.id)
                context.logger.notice(
                    "a folder is not listed and can be opened", metadata: ["folder": .string(folder.path)])
            } catch SourceError.folderMissing {
                continue
            } catch SourceError.folderUnreadable(let reason) {
                kept.insert(folder.id)
                let organization = context.organization
                try await context.write { try Folders.setTrouble($0, organization, folder.id, reason) }
            }
        }
        let going = folders.map(\.id).filter { !kept.contains($0) }
        if going.isEmpty { return kept }
        let (organization, mailbox) = (context.organization, context.mailbox)
        let mirrored = try await context.read { try Folders.mirrored($0, organization, mailbox, in: going) }
        guard DeletionBrake.demandsListing(reported: mirrored.folders, mirrored: mirrored.mailbox) else { return kept }
        let until = context.now() - context.configuration.folderRemovalPause.components.seconds
        for folder in folders where (folder.missingSince ?? .min) > until { kept.insert(folder.id) }
        return kept
    }

    /// The folder is listed and the server says that it does not exist. What stands in it is not known, so that nothing is
    /// believed to be gone. It may have been deleted since it was listed, so the list is asked for again at once; but a
    /// server that goes on to contradict itself is not asked without end.
    private func missing(_ folder: FolderRow, _ remote: RemoteFolder, _ report: inout Report) async throws {
        if folder.trouble == nil { report.folderWentMissing = true }
        let reason: Phrase = "The server lists the folder \(folder.name), and says that it does not exist."
        try await setAside(folder, remote, reason: reason, report: &report)
    }

    private func setAside(
        _ folder: FolderRow, _ remote: RemoteFolder, reason: Phrase, report: inout Report
    ) async throws {
        let organization = context.organization
        let isParked = parking.failed(
            folder.id, counted: remote.snapshot, configuration: context.configuration, now: context.now())
        context.logger.warning(
            "folder cannot be read",
            metadata: ["folder": .string(folder.path), "reason": .string(reason.english), "parked": "\(isParked)"])
        if !isParked { report.isComplete = false }
        try await context.write { try Folders.setTrouble($0, organization, folder.id, reason) }
    }
}

extension FolderRole {
    /// Folders that people look at come first, so that the newest mail stands on the cards first.
    fileprivate var rank: Int {
        switch self {
        case .inbox: 0
        case .sent: 1
        case .all: 2
        case .other: 3
        case .archive: 4
        case .drafts, .trash, .junk, .service: 5
        }
    }
}
