import CRM
import Database
import Hummingbird
import Logging
import ServiceLifecycle
import Store
import SyncEngine

/// The pages of the product, ready to be served.
public struct WebFront: Sendable {
    let services: WebServices

    /// Reads templates and assets.
    ///
    /// - Parameters:
    ///   - isAlone: no other program has the database while this one runs, so that what one left undone is known at once.
    ///   - trustedProxies: where a proxy may connect from whose X-Forwarded-For is believed, so that whoever guesses
    ///     passwords is held and not everyone behind the proxy.
    ///   - passwordCost: what hashing a sign-in password costs; lower only in tests.
    ///   - heartbeat: how often an open page hears that it is still connected, and its session is looked at again.
    ///   - now: seconds since 1970 UTC.
    public init(
        database: any Database, engine: SyncEngine, feed: ChangeFeed, isAlone: Bool = false,
        trustedProxies: [NetworkRange] = NetworkRange.loopback, passwordCost: PasswordHash.Cost = .standard,
        random: any RandomSource = SystemRandomSource(), heartbeat: Duration = .seconds(15),
        now: @escaping @Sendable () -> Int64, logger: Logger
    ) throws {
        try self.init(
            database: database, engine: engine, feed: feed, isAlone: isAlone, trustedProxies: trustedProxies,
            passwordCost: passwordCost, random: random, heartbeat: heartbeat, now: now, logger: logger,
            templates: try Templates())
    }

    init(
        database: any Database, engine: SyncEngine, feed: ChangeFeed, isAlone: Bool = false,
        trustedProxies: [NetworkRange] = NetworkRange.loopback, passwordCost: PasswordHash.Cost,
        random: any RandomSource = SystemRandomSource(), heartbeat: Duration = .seconds(15),
        now: @escaping @Sendable () -> Int64, logger: Logger, templates: Templates
    ) throws {
        services = WebServices(
            database: database, engine: engine, feed: feed,
            imports: ImportDesk(
                database: database, engine: engine, feed: feed, isAlone: isAlone, now: now, logger: logger),
            marks: ChangeMarks(random: random), templates: templates,
            assets: try Assets(), passwords: PasswordDesk(PasswordHash(cost: passwordCost, random: random)),
            signInLimiter: SignInLimiter(), trustedProxies: trustedProxies, openings: RecentOpenings(), random: random,
            now: now, logger: logger, heartbeat: heartbeat)
    }

    /// Removes what has expired while the server runs.
    public var housekeeping: Housekeeping {
        Housekeeping(database: services.database, now: services.now, logger: services.logger)
    }

    /// Carries out imports while the server runs.
    public var imports: ImportDesk { services.imports }

    /// The server as a service. It ends open pages' streams and finishes requests under way when it is asked to stop.
    ///
    /// - Parameters:
    ///   - port: 0 for any free one.
    ///   - started: called with the port once the server listens.
    public func server(
        host: String, port: Int, started: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some Service {
        application(host: host, port: port, started: started)
    }

    func application(
        host: String, port: Int, started: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        Application(
            router: Routes(services).router(),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: { channel in await started(channel.localAddress?.port ?? port) }, logger: services.logger)
    }
}
