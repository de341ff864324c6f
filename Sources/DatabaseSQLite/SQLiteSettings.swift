/// How a SQLite database is opened. The defaults fit a server of hundreds of mailboxes.
public struct SQLiteSettings: Sendable {
    /// Connections that read at the same time. More than the processor's cores gains nothing for reads from the page
    /// cache; a few more keep short reads from queueing behind a long export.
    public var readers = 6

    /// How long a statement waits for another *process* (a backup, the sqlite3 shell) before it fails as busy, in
    /// seconds. Within the process writers queue and readers never wait.
    public var patience = 5.0

    /// The writer's page cache in KiB: holds the inner index pages of some millions of messages, so that inserting a
    /// page of mail reads next to nothing.
    public var writerCache = 16_384

    /// Each reader's page cache in KiB. Small, because the operating system caches the file as well, and there are
    /// several readers.
    public var readerCache = 4_096

    /// Pages of 4 KiB in the write-ahead log before they are carried over into the database file: 16 MiB. More than
    /// SQLite's 4 MiB, as each carrying over waits for the disk twice and a first sync writes hundreds of MiB.
    public var checkpointPages = 4_000

    /// The size in bytes that the database file may reach, after which writing fails as ``DatabaseError/full``; nil is
    /// SQLite's own limit. An operator can set it below the disk's size so that other programs keep working.
    public var maximumBytes: Int?

    public init() {}
}
