import CRM
import Database
import Logging
import Mirror
import Store

/// Compares the mirror with the whole mailbox: reads every header again, decides again, counts again, and puts right
/// what differs.
struct MirrorVerification: Sendable {
    let context: MailboxContext
    let textsWanted: @Sendable () -> Void
    let parking: FolderParking

    func run() async throws {
        let (organization, mailbox) = (context.organization, context.mailbox)
        var check = MirrorCheck(startedAt: context.now())
        do {
            let wanted = try await compare(&check)
            check.finishedAt = context.now()
            try await context.write { [check] in
                try Mailboxes.finishCheck($0, organization, mailbox, check, answering: wanted)
            }
        } catch {
            check.problem = (error as? SourceError)?.sentence ?? "It was interrupted."
            try await context.write { [check] in try Mailboxes.setCheck($0, organization, mailbox, check) }
            throw error
        }
        let level: Logger.Level = check.missing + check.extra == 0 ? .info : .warning
        context.logger.log(
            level: level, "mirror compared with the mailbox",
            metadata: [
                "read": "\(check.read)", "missing": "\(check.missing)", "extra": "\(check.extra)",
                "folders-skipped": "\(check.skipped?.count ?? 0)",
            ])
    }

    /// - Returns: how many checks had been asked for when it began.
    private func compare(_ check: inout MirrorCheck) async throws -> Int64 {
        let (organization, mailbox) = (context.organization, context.mailbox)
        let listed = try await context.source.folders()
        try await context.refreshAddressBook()
        let (rows, pass, own) = try await context.write { [check] tx in
            try Mailboxes.setCheck(tx, organization, mailbox, check)
            return (
                try Folders.list(tx, organization, mailbox), try Mailboxes.beginPass(tx, organization, mailbox),
                try Mailboxes.find(tx, organization, mailbox)
            )
        }
        let rulesChanged = own.map { $0.checksWanted > $0.checksDone } ?? false
        // What is not read completely yet is compared as it is read.
        for row in rows where row.role.isMirrored && row.scanComplete && row.checkpoint != nil {
            guard row.missingSincePass == nil, !parking.isParked(row.id, now: context.now()),
                let remote = listed.first(where: { $0.id == row.remoteID })
            else {
                try await skip(row, &check, rulesChanged, after: nil)
                continue
            }
            guard remote.epoch == row.epoch else { continue }
            do {
                let report = try await FolderReading(
                    context: context, pass: pass, remote: remote, distrustsVanished: false, textsWanted: textsWanted
                ).verify(row)
                check.read += report.read
                check.missing += report.missing
                check.extra += report.extra
            } catch let error as SourceError where error.concernsFolder {
                try await skip(row, &check, rulesChanged, after: error)
            }
        }
        return own?.checksWanted ?? 0
    }

    /// - Parameters:
    ///   - rulesChanged: what the folder holds has to be decided again, so that it is read from the start once it can be
    ///   read.
    ///   - error: nil where it is not listed, or left alone for a while.
    private func skip(
        _ row: FolderRow, _ check: inout MirrorCheck, _ rulesChanged: Bool, after error: SourceError?
    ) async throws {
        check.skipped = (check.skipped ?? []) + [row.name]
        let organization = context.organization
        if rulesChanged { try await context.write { try Folders.forgetCheckpoint($0, organization, row.id) } }
        context.logger.notice(
            "a folder could not be compared",
            metadata: ["folder": .string(row.path), "reason": .string(error?.sentence.english ?? "")])
    }
}
