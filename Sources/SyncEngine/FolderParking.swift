import CRM
import Mirror
import Synchronization

/// Which folders are left alone for a while because they are listed but cannot be read, and whether messages may stand
/// in them that nobody has seen. Kept in memory: after a restart they are tried again.
final class FolderParking: Sendable {
    private struct Entry {
        var failures = 0
        /// When the last failure was counted.
        var countedAt: Int64?
        var parkedUntil: Int64?
        /// What the provider counted before the folder was last read, or when that failed first.
        var counted: FolderSnapshot?
    }

    /// Failures closer together than this, in seconds, count as one.
    private static let distinctAfter: Int64 = 60

    private let entries = Mutex<[FolderID: Entry]>([:])

    func isParked(_ folder: FolderID, now: Int64) -> Bool {
        entries.withLock { ($0[folder]?.parkedUntil ?? 0) > now }
    }

    /// - Parameter counted: by the provider, before the reading began.
    func succeeded(_ folder: FolderID, counted: FolderSnapshot?) {
        entries.withLock { $0[folder] = Entry(counted: counted) }
    }

    /// Whether the folder is parked from now on.
    func failed(
        _ folder: FolderID, counted: FolderSnapshot?, configuration: EngineConfiguration, now: Int64
    ) -> Bool {
        entries.withLock { entries in
            var entry = entries[folder] ?? Entry(counted: counted)
            // Passes follow each other within moments when mail comes in; those are one failure.
            if entry.countedAt.map({ now >= $0 + Self.distinctAfter }) ?? true {
                entry.failures += 1
                entry.countedAt = now
            }
            if entry.failures >= configuration.folderFailureLimit {
                entry.parkedUntil = now + configuration.folderParking.components.seconds
            }
            entries[folder] = entry
            return entry.parkedUntil != nil
        }
    }

    /// Whether a message that left another folder may stand in a parked one: its UIDNEXT moved since it was read, or
    /// nobody can tell.
    ///
    /// - Parameter wasRead: whether it was ever read. One that never could be is not where people keep mail, and does not
    ///   hold up every deletion for good.
    func mayHide(_ folder: FolderID, counted: FolderSnapshot?, wasRead: Bool) -> Bool {
        guard let before = entries.withLock({ $0[folder]?.counted }), let counted else { return wasRead }
        return counted.uidNext != before.uidNext
    }
}
