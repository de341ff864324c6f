import Database
import Logging
import Store
import SyncEngine

/// What the handlers of pages work with.
struct WebServices: Sendable {
    let database: any Database
    let engine: SyncEngine
    let feed: ChangeFeed
    let imports: ImportDesk
    let marks: ChangeMarks
    let templates: Templates
    let assets: Assets
    let passwords: PasswordDesk
    let signInLimiter: SignInLimiter
    /// Whose word is taken for where a request comes from.
    let trustedProxies: [NetworkRange]
    let openings: RecentOpenings
    let random: any RandomSource
    /// Seconds since 1970 UTC.
    let now: @Sendable () -> Int64
    let logger: Logger
    /// How often an open page hears that it is still connected.
    let heartbeat: Duration
}
