// swift-tools-version: 6.3
import PackageDescription

/// `make check` and `make test` set MAILCARD_STRICT, so that a warning in our own targets fails the build there and
/// never a newcomer's, whose compiler may know warnings that ours does not.
let strict = Context.environment["MAILCARD_STRICT"] != nil

let swiftSettings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
    ] + (strict ? [.treatAllWarnings(as: .error)] : [])

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [], path: String? = nil)
    -> Target
{
    .target(
        name: name, dependencies: dependencies, path: path ?? "Sources/\(name)", resources: resources,
        swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", resources: resources,
        swiftSettings: swiftSettings)
}

let package = Package(
    name: "mailcard",
    products: [
        .executable(name: "mailcard", targets: ["mailcard"]),
        .library(name: "Mail", targets: ["Mail"]),
        .library(name: "IMAP", targets: ["IMAP"]),
        // For Benchmarks/, a package of its own.
        .library(
            name: "Rooms", targets: ["Web", "SyncEngine", "IMAPProvider", "Networking", "Store", "DatabaseSQLite"]),
        .library(name: "TestServers", targets: ["TestServers"]),
        .library(name: "Generators", targets: ["Generators"]),
        .library(name: "Sandbox", targets: ["Sandbox"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: ["FullFoundation"]),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // Pure rooms: no sockets, files, clock or randomness except what is passed in.
        room("Wording"),
        room("Mail"),
        room("CRM", ["Mail", "Wording"]),
        room("Mirror", ["Mail", "CRM", "Wording"]),
        room("Interchange", ["Mail", "CRM", "Wording"]),

        // Protocol libraries, usable on their own.
        room("TLSNames", [nioSSL]),
        room("IMAP", ["TLSNames", nioCore, nioPosix, nioSSL, nioTLS, logging]),
        room("SMTP", ["TLSNames", nioCore, nioPosix, nioSSL, nioTLS, logging]),

        // Which networks may be connected to.
        room("Networking", ["Wording", nioCore, nioPosix]),

        // The store.
        room("Database", ["Wording"]),
        room("DatabaseSQLite", ["Database", .product(name: "GRDB", package: "GRDB.swift")]),
        room("Store", ["Database", "CRM", "Mirror", "Mail", "Wording", crypto, cryptoExtras]),

        // Providers.
        room("Discovery", ["Wording"], path: "Sources/Providers/Discovery"),
        room(
            "IMAPProvider",
            ["IMAP", "SMTP", "Networking", "Mail", "Mirror", "CRM", "Wording", nioCore, nioPosix, nioSSL, logging],
            path: "Sources/Providers/IMAP"),
        room(
            "OAuth",
            [
                "Networking", "Mirror", "CRM", "Wording", httpClient, nioCore, nioPosix, nioHTTP1, nioSSL, crypto,
                logging,
            ],
            path: "Sources/Providers/OAuth"),
        room(
            "MicrosoftProvider", ["OAuth", "Mail", "Mirror", "CRM", "Wording", logging],
            path: "Sources/Providers/Microsoft"),

        room("SyncEngine", ["Mirror", "Store", "Database", "Mail", "CRM", "Wording", logging, lifecycle]),
        room(
            "Web",
            [
                "Store", "SyncEngine", "Database", "CRM", "Mail", "Mirror", "Discovery", "Interchange", "Wording",
                hummingbird, mustache, httpTypes, nioCore, lifecycle, logging,
            ],
            resources: [.copy("Templates"), .copy("Assets"), .copy("Languages")]),
        .executableTarget(
            name: "mailcard",
            dependencies: [
                "Web", "SyncEngine", "Store", "Database", "DatabaseSQLite", "IMAPProvider", "MicrosoftProvider",
                "OAuth", "Networking", "Mirror", "CRM",
                arguments, logging, lifecycle,
            ],
            path: "Sources/mailcard", swiftSettings: swiftSettings),

        // Not shipped: what tests, the demo and the benchmarks run against.
        room("Generators", path: "Testing/Generators"),
        room("ScriptedServer", [nioCore, nioPosix, nioSSL], path: "Testing/ScriptedServer"),
        room("ScriptedExchange", ["OAuth"], path: "Testing/ScriptedExchange"),
        room("TestServers", [], path: "Testing/TestServers"),
        room("FakeMailbox", ["Mirror", "Mail"], path: "Testing/FakeMailbox"),
        room(
            "Sandbox",
            [hummingbird, hummingbirdTLS, httpTypes, httpClient, nioCore, nioSSL, crypto, cryptoExtras, logging],
            path: "Testing/Sandbox"),

        .executableTarget(
            name: "mailcard-demo",
            dependencies: [
                "Generators", "TestServers", "Sandbox", "IMAPProvider", "Networking", "SyncEngine", "Store", "Database",
                "DatabaseSQLite", "CRM", "Mirror", arguments, logging,
            ],
            path: "Demo", swiftSettings: swiftSettings),

        tests("WordingTests", ["Wording"]),
        tests("MailTests", ["Mail", "Generators"]),
        tests("CRMTests", ["CRM", "Mail", "Generators"]),
        tests("InterchangeTests", ["Interchange", "CRM", "Generators"]),
        tests("DatabaseTests", ["Database", "DatabaseSQLite"]),
        tests("SMTPTests", ["SMTP", "TLSNames", "ScriptedServer", "TestServers", nioCore, nioPosix, nioSSL, logging]),
        tests(
            "IMAPTests", ["IMAP", "Generators", "ScriptedServer", "TestServers", nioCore, nioPosix, nioSSL, logging]),
        tests("DiscoveryTests", ["Discovery"]),
        tests("GeneratorsTests", ["Generators", "Mail"]),
        tests("StoreTests", ["Store", "Database", "DatabaseSQLite", "Mirror", "CRM", "Mail", "Generators"]),
        tests(
            "Incidents",
            [
                "IMAPProvider", "IMAP", "Networking", "SyncEngine", "Store", "Database", "DatabaseSQLite", "Mirror",
                "CRM", "ScriptedServer", "TestServers", "Wording", logging,
            ]),
        tests("MirrorTests", ["Mirror", "CRM", "Mail", "Generators"]),
        tests(
            "SyncEngineTests",
            [
                "SyncEngine", "Store", "Database", "DatabaseSQLite", "FakeMailbox", "Generators", "Mirror", "CRM",
                "Mail",
                logging,
            ]),
        tests(
            "IMAPProviderTests",
            [
                "IMAPProvider", "IMAP", "Networking", "SyncEngine", "Store", "Database", "DatabaseSQLite", "Mirror",
                "CRM", "ScriptedServer", "TestServers", nioCore, logging,
            ]),
        tests(
            "OAuthTests",
            [
                "OAuth", "Networking", "ScriptedExchange", "ScriptedServer", "TestServers", "Mirror", "CRM", logging,
            ]),
        tests(
            "MicrosoftProviderTests",
            [
                "MicrosoftProvider", "OAuth", "Networking", "Sandbox", "ScriptedExchange", "Generators", "SyncEngine",
                "Store", "Database", "DatabaseSQLite", "Mirror", "CRM", "Mail", "Wording", logging,
            ]),
        tests(
            "MirrorModel",
            [
                "Store", "Database", "DatabaseSQLite", "Mirror", "OAuth", "CRM", "Generators", "Sandbox", "TestServers",
            ]),
        tests(
            "WebTests",
            [
                "Web", "SyncEngine", "Store", "Database", "DatabaseSQLite", "Mirror", "CRM", "Mail", "Discovery",
                "FakeMailbox", "Interchange", "TestServers", "Wording", hummingbird, hummingbirdTesting, httpTypes,
                lifecycle,
                logging,
            ]),
        tests("EndToEnd", ["TestServers", "Generators", "Sandbox"]),
        tests("TestServersTests", ["TestServers"]),
        tests(
            "SandboxTests", ["Sandbox", "TestServers", hummingbird, httpClient, nioCore, logging],
            resources: [.copy("Clients")]),
    ]
)
