import IMAP
import Logging
import Mirror
import Synchronization

/// The server did not let a further connection come about, while it may well serve the one that there is: many limit
/// their number, and some call the password wrong then. It says nothing about the mailbox.
struct FurtherConnectionRefused: Error {
    let cause: IMAPError

    /// For how long no further one is asked for.
    static let memory = Duration.seconds(600)

    /// Nil for what is wrong with the settings or with this machine.
    init?(_ error: IMAPError) {
        switch error {
        case .signInRefused, .closed, .connectFailed, .connectTimedOut, .timedOut, .notIMAP, .protocolViolation,
            .refused:
            cause = error
        case .tlsFailed, .startTLSUnavailable, .startTLSInjection, .cleartextRefused, .noSignInMethod: return nil
        }
    }

    /// Connects as `open` does.
    static func wrapping(
        _ open: @escaping @Sendable () async throws -> IMAPConnection
    ) -> @Sendable () async throws -> IMAPConnection {
        {
            do {
                return try await open()
            } catch let error as IMAPError {
                throw FurtherConnectionRefused(error) ?? error as any Error
            }
        }
    }
}

/// The connections for reading: one for the folders, and one for what goes on beside, as far as the server allows two.
final class ReadingConnections: Sendable {
    let main: ConnectionSlot
    private let side: ConnectionSlot
    private let logger: Logger
    /// Until then the main one does for all.
    private let sharesUntil = Mutex<ContinuousClock.Instant?>(nil)

    /// Set while the main connection is lent to a reading; what that reading asks for by the way cannot have it.
    @TaskLocal private static var isWithinReading = false

    init(open: @escaping @Sendable () async throws -> IMAPConnection, logger: Logger) {
        main = ConnectionSlot(open: open)
        side = ConnectionSlot(open: FurtherConnectionRefused.wrapping(open))
        self.logger = logger
    }

    /// Whether the server is known to allow no second connection.
    var isShared: Bool { sharesUntil.withLock { $0.map { $0 > .now } ?? false } }

    /// Lends the main connection to a reading that may ask for something by the way.
    func reading<Result: Sendable>(_ work: @Sendable (IMAPConnection) async throws -> Result) async throws -> Result {
        try await main.lend { connection in
            try await Self.$isWithinReading.withValue(true) { try await work(connection) }
        }
    }

    /// Lends a connection for work that does not wait for a reading to end, where there can be a second one; otherwise the
    /// main one, between two readings.
    ///
    /// A second one is made only when the first is there: where only one is allowed, that must be the main one.
    /// - Throws: ``SourceError/folderUnreadable(_:)`` when a reading asks and there is no second one.
    func beside<Result: Sendable>(
        isRepeatable: Bool = false, _ work: @Sendable (IMAPConnection) async throws -> Result
    ) async throws -> Result {
        if await main.isConnected, !isShared {
            do {
                return try await side.lend(isRepeatable: isRepeatable, work)
            } catch let refusal as FurtherConnectionRefused {
                guard await main.isConnected else { throw refusal.cause }
                logger.info("The main connection does for all", metadata: ["error": "\(refusal.cause)"])
                sharesUntil.withLock { $0 = .now + FurtherConnectionRefused.memory }
            }
        }
        if Self.isWithinReading {
            throw SourceError.folderUnreadable(
                "The server allows no second connection; the folder is read again without.")
        }
        return try await main.lend(isRepeatable: isRepeatable, work)
    }

    func close() async {
        await main.close()
        await side.close()
    }
}
