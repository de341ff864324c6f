import CRM
import Database
import Foundation
import IMAPProvider
import Logging
import MicrosoftProvider
import Mirror
import Networking
import OAuth
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
        let network = NetworkPolicy(allowsPrivateNetworks: options.allowPrivateNetworks)
        let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }
        engine = SyncEngine(
            database: database,
            providers: [
                "imap": IMAPMailProvider(
                    network: network, certificateAuthorities: options.certificateAuthorities, logger: logger),
                "microsoft365": MicrosoftMailProvider(
                    cloud: options.microsoft.cloud,
                    exchange: WebClient(
                        network: network, certificateAuthorities: options.certificateAuthorities, logger: logger),
                    now: now, logger: logger),
            ],
            apps: options.microsoft.app.map { ["microsoft365": $0] } ?? [:],
            sealer: try folder.openSealer(), feed: feed,
            configuration: EngineConfiguration(
                pollInterval: .seconds(options.pollSeconds),
                folderRemovalPause: .seconds(options.folderReturnSeconds)),
            now: now, logger: logger)
    }
}
