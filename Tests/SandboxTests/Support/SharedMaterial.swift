import Foundation
import Testing

/// Test data that stands beside the repository, in the folder `MAILCARD_SHARED` names or in `../shared`.
enum SharedMaterial {
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["MAILCARD_SHARED"] { return URL(fileURLWithPath: path) }
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root.deletingLastPathComponent().appendingPathComponent("shared")
    }()

    /// Whether tests that need the data run: where it is absent they say so and are left out, but not on a build
    /// server, where they fail.
    static let isExpected =
        FileManager.default.fileExists(atPath: folder.path) || ProcessInfo.processInfo.environment["CI"] != nil
    static let absence: Comment = "The shared test data is absent; set MAILCARD_SHARED to the folder that holds it."

    /// The file's bytes; where it is missing the test that asks records so.
    static func data(_ path: String) -> Data? {
        let file = folder.appendingPathComponent(path)
        if let data = try? Data(contentsOf: file) { return data }
        Issue.record("\(path) is missing from the shared test data; set MAILCARD_SHARED to the folder that holds it.")
        return nil
    }
}
