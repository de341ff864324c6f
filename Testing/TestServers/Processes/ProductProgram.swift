import Foundation

/// Where a program of the package lies when its tests run: beside them.
public enum ProductProgram {
    /// - Throws: ``TestServerError`` where it was not built.
    public static func url(_ name: String) throws(TestServerError) -> URL {
        let tests = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        for place in [tests, Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()] {
            let program = place.appending(path: name)
            if FileManager.default.isExecutableFile(atPath: program.path) { return program }
        }
        throw .notInstalled(program: "\(name) (swift build)", packages: "build")
    }
}
