import CRM
import Database
import Logging
import Mirror
import Store

/// Compares the mirror with the whole mailbox: reads every header again, decides again, counts again, and puts right
/// what differs.
struct MirrorVerification: Sendable {
    let context: MailboxContext
    let addressBook: SharedAddressBook
    let textsWanted: @Sendable () -> Void
    let parking: FolderParking

    func run() async throws {
        let (organization, mailbox) = (context.organization, context.mailbox)
        var check = MirrorCheck(startedAt: context.now())
        let listed = try await context.source.folders()
        let (rows, pass) = try await context.write { [check] tx in
            try Mailboxes.setCheck(tx, organization, mailbox, check)
            return (try Folders.list(tx, organization, mailbox), try Mailboxes.beginPass(tx, organization, mailbox))
        }
        for row in rows where row.scanComplete && !parking.isParked(row.id, now: context.now()) {
            guard let remote = listed.first(where: { $0.id == row.remoteID }), remote.epoch == row.epoch else {
                continue
            }
            let report = try await FolderReading(
                context: context, pass: pass, remote: remote, distrustsVanished: false, addressBook: addressBook,
                textsWanted: textsWanted
            ).verify(row)
            check.read += report.read
            check.missing += report.missing
            check.extra += report.extra
        }
        check.finishedAt = context.now()
        try await context.write { [check] in try Mailboxes.setCheck($0, organization, mailbox, check) }
        let level: Logger.Level = check.missing + check.extra == 0 ? .info : .warning
        context.logger.log(
            level: level, "mirror compared with the mailbox",
            metadata: ["read": "\(check.read)", "missing": "\(check.missing)", "extra": "\(check.extra)"])
    }
}
