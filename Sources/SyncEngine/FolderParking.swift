import CRM
import Synchronization

/// Which folders are left alone for a while because they are listed but cannot be read. Kept in memory: after a restart
/// they are tried again.
final class FolderParking: Sendable {
    private struct Failures {
        var count = 0
        /// When the last failure was counted.
        var countedAt: Int64?
        var parkedUntil: Int64?
    }

    /// Failures closer together than this, in seconds, count as one.
    private static let distinctAfter: Int64 = 60

    private let failures = Mutex<[FolderID: Failures]>([:])

    func isParked(_ folder: FolderID, now: Int64) -> Bool {
        failures.withLock { ($0[folder]?.parkedUntil ?? 0) > now }
    }

    func succeeded(_ folder: FolderID) {
        failures.withLock { $0[folder] = nil }
    }

    /// Whether the folder is parked from now on.
    func failed(_ folder: FolderID, configuration: EngineConfiguration, now: Int64) -> Bool {
        failures.withLock { failures in
            var entry = failures[folder] ?? Failures()
            // Passes follow each other within moments when mail comes in; those are one failure.
            if entry.countedAt.map({ now >= $0 + Self.distinctAfter }) ?? true {
                entry.count += 1
                entry.countedAt = now
            }
            if entry.count >= configuration.folderFailureLimit {
                entry.parkedUntil = now + configuration.folderParking.components.seconds
            }
            failures[folder] = entry
            return entry.parkedUntil != nil
        }
    }
}
