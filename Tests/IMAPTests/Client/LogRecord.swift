import Logging
import Synchronization

/// Counts what is logged as a warning.
final class LogRecord: LogHandler {
    private let count = Mutex(0)

    var warnings: Int { count.withLock { $0 } }

    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .warning }
        set {}
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) { count.withLock { $0 += 1 } }
}
