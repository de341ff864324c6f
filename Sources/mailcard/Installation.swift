import CRM
import Database
import Foundation
import IMAPProvider
import Logging
import Mirror
import Store
import SyncEngine

/// The parts of a running server, wired together.
struct Installation {
    let database: any Database
    let feed: ChangeFeed
    let engine: SyncEngine
    let logger: Logger

    init(_ options: CommonOptions) async throws {
        let logger = options.makeLogger("mailcard")
        let folder = try DataFolder(path: options.data)
        let database = try await folder.openDatabase()
        let feed = ChangeFeed(database: database)
        self.database = database
        self.feed = feed
        self.logger = logger
        engine = SyncEngine(
            database: database,
            providers: [
                "imap": IMAPMailProvider(
                    network: NetworkPolicy(allowsPrivateNetworks: options.allowPrivateNetworks),
                    certificateAuthorities: options.certificateAuthorities, logger: logger)
            ],
            sealer: try folder.openSealer(), feed: feed,
            configuration: EngineConfiguration(
                pollInterval: .seconds(options.pollSeconds),
                folderRemovalPause: .seconds(options.folderReturnSeconds)),
            now: { Int64(Date().timeIntervalSince1970) }, logger: logger)
    }
}
