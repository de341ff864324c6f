import ArgumentParser
import Database
import DatabaseSQLite
import Foundation
import Store

/// The folder that holds an installation's database and key. One program uses it at a time.
struct DataFolder {
    let url: URL
    /// Held for as long as the program runs; the system lets go of it however that ends.
    private let lock: FileLock

    /// Creates the folder where it is missing, readable by its owner only.
    init(path: String) throws {
        url = URL(filePath: path, directoryHint: .isDirectory)
        // Mail texts are in there: what is made from here on is nobody else's to read, also in a folder that was open.
        umask(0o077)
        do {
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ValidationError(
                "The data folder \(url.path) cannot be created (\(error.localizedDescription)). Choose another with --data."
            )
        }
        lock = try FileLock(url.appending(path: "mailcard.lock"))
    }

    /// Opens the database and brings its schema up to date.
    func openDatabase() async throws -> any Database {
        let database = try SQLiteDatabase(path: url.appending(path: "mailcard.sqlite").path)
        try await Schema.migrator.run(on: database)
        return database
    }

    /// The key that credentials are sealed with; made at the first start.
    func openSealer() throws -> Sealer {
        try Sealer(keyFile: url.appending(path: "mailcard.key").path)
    }
}
