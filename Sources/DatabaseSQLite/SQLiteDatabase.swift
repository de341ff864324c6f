import Database
import Foundation
import GRDB
import Synchronization

/// A database in one SQLite file: one writer, several readers that never wait for it (write-ahead log).
///
/// Durability: `synchronous = NORMAL`. What `write` has committed is there after the process is killed at any moment.
/// After a power loss or a crash of the operating system the file is consistent, but the last transactions before
/// it may be missing. For what is mirrored that costs nothing: a folder's checkpoint is committed with its rows, so the
/// lost rows are read from the mailbox again.
///
/// Memory mapping stays off: a failing disk would then end the process by a signal instead of giving an error, and
/// mapped pages count as the process's memory.
public final class SQLiteDatabase: PortDatabase {
    public let dialect = Dialect.sqlite
    private let connections: any GRDB.DatabaseWriter
    private let use = Mutex(Use())

    private struct Use {
        var isClosed = false
        var transactions = 0
    }

    /// Opens the file, creating it when it is missing. The folder must exist.
    ///
    /// - Throws: ``DatabaseError/cannotOpen(path:why:)``.
    public init(path: String, settings: SQLiteSettings = SQLiteSettings()) throws {
        try Self.examine(path)
        do {
            connections = try GRDB.DatabasePool(path: path, configuration: Self.configuration(settings))
        } catch {
            throw PortError.cannotOpen(path: path, why: SQLiteErrors.openingFailure(error))
        }
    }

    private init(queue: GRDB.DatabaseQueue) { connections = queue }

    /// A database that lives in memory and ends with this object: for tests. It has one connection, so that reads wait
    /// for writes.
    public static func inMemory(settings: SQLiteSettings = SQLiteSettings()) throws -> SQLiteDatabase {
        do {
            return SQLiteDatabase(queue: try GRDB.DatabaseQueue(configuration: configuration(settings)))
        } catch {
            throw PortError.cannotOpen(path: ":memory:", why: SQLiteErrors.openingFailure(error))
        }
    }

    public func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
        try await whileOpen {
            try await connections.read { connection in try body(SQLiteTransaction(connection)) }
        }
    }

    @discardableResult
    public func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
        try await whileOpen {
            try await connections.write { connection in try body(SQLiteTransaction(connection)) }
        }
    }

    public func close() throws {
        try use.withLock { use in
            use.isClosed = true
            if use.transactions == 0 { try closeConnections() }
        }
    }

    /// GRDB must not be asked for a transaction on a closed connection, so the last one under way closes.
    private func whileOpen<T: Sendable>(_ body: () async throws -> T) async throws -> T {
        try use.withLock { use in
            if use.isClosed { throw PortError.closed }
            use.transactions += 1
        }
        defer {
            use.withLock { use in
                use.transactions -= 1
                // Whoever closed is not waiting any more, and the process's end closes the file in any case.
                if use.isClosed && use.transactions == 0 { try? closeConnections() }
            }
        }
        do { return try await body() } catch { throw SQLiteErrors.translated(error) }
    }

    private func closeConnections() throws {
        do { try connections.close() } catch { throw SQLiteErrors.translated(error) }
    }

    // MARK: -

    private static func configuration(_ settings: SQLiteSettings) -> GRDB.Configuration {
        var configuration = GRDB.Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(settings.patience)
        configuration.maximumReaderCount = settings.readers
        configuration.label = "mailcard"
        configuration.prepareDatabase { connection in
            let cache = connection.configuration.readonly ? settings.readerCache : settings.writerCache
            // Sorting and materialising happen in memory: mail must not leave traces in temporary files.
            try connection.execute(
                sql: """
                    PRAGMA synchronous = NORMAL;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA mmap_size = 0;
                    PRAGMA cache_size = -\(cache);
                    """)
            guard !connection.configuration.readonly else { return }
            try connection.execute(
                sql: """
                    PRAGMA wal_autocheckpoint = \(settings.checkpointPages);
                    PRAGMA journal_size_limit = 67108864;
                    PRAGMA secure_delete = FAST;
                    """)
            if let bytes = settings.maximumBytes {
                let pageSize = try Int.fetchOne(connection, sql: "PRAGMA page_size") ?? 4096
                try connection.execute(sql: "PRAGMA max_page_count = \(max(1, bytes / pageSize))")
            }
        }
        return configuration
    }

    /// Finds what SQLite would report only as "unable to open database file".
    private static func examine(_ path: String) throws {
        let files = FileManager.default
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        guard files.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw PortError.cannotOpen(path: path, why: .folderMissing)
        }
        if files.fileExists(atPath: path, isDirectory: &isFolder) {
            if isFolder.boolValue { throw PortError.cannotOpen(path: path, why: .notAFile) }
            guard files.isReadableFile(atPath: path), files.isWritableFile(atPath: path) else {
                throw PortError.cannotOpen(path: path, why: .noPermission)
            }
        }
        // The write-ahead log is a second file beside the first.
        guard files.isWritableFile(atPath: folder) else {
            throw PortError.cannotOpen(path: path, why: .noPermission)
        }
    }
}
