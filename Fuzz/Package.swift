// swift-tools-version: 6.3
import PackageDescription

// The rooms that read hostile octets, compiled from the product's own sources (the folders below Sources are links to
// them): nothing else has to be built, and all of it is instrumented. `run` gives the compiler's flags for that.
let settings: [SwiftSetting] = [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]

let package = Package(
    name: "fuzz",
    targets: [
        .target(name: "Mail", swiftSettings: settings),
        .target(name: "IMAPResponses", swiftSettings: settings),
        .target(name: "LibFuzzer"),
        .executableTarget(name: "Fuzz", dependencies: ["Mail", "IMAPResponses", "LibFuzzer"], swiftSettings: settings),
    ]
)
