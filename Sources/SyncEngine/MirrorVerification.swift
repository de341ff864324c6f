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
        let (rows, pass, wanted) = try await context.write { [check] tx in
            try Mailboxes.setCheck(tx, organization, mailbox, check)
            return (
                try Folders.list(tx, organization, mailbox), try Mailboxes.beginPass(tx, organization, mailbox),
                try Mailboxes.find(tx, organization, mailbox)?.checksWanted ?? 0
            )
        }
        for row in rows where row.role.isMirrored && row.missingSincePass == nil {
            // What is not read completely yet is compared as it is read.
            guard row.scanComplete, row.checkpoint != nil else { continue }
            guard !parking.isParked(row.id, now: context.now()),
                let remote = listed.first(where: { $0.id == row.remoteID })
            else {
                check.skipped = (check.skipped ?? []) + [row.name]
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
                check.skipped = (check.skipped ?? []) + [row.name]
                context.logger.notice(
                    "a folder could not be compared",
                    metadata: ["folder": .string(row.path), "reason": .string(error.sentence.english)])
            }
        }
        return wanted
    }
}
