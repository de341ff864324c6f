import Foundation

/// A short-lived program whose output is wanted.
enum Command {
    /// Runs it to its end.
    /// - Throws: ``TestServerError/commandFailed(command:output:)`` with what it printed, unless it ended with 0.
    @discardableResult
    static func run(_ words: [String], input: String = "", in folder: URL? = nil) throws(TestServerError) -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        if let folder { process.currentDirectoryURL = folder }
        let output = Pipe()
        let stdin = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = stdin
        do {
            try process.run()
            try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try stdin.fileHandleForWriting.close()
        } catch {
            throw .commandFailed(command: words.joined(separator: " "), output: "\(error)")
        }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw .commandFailed(command: words.joined(separator: " "), output: text)
        }
        return text
    }

    /// - Throws: ``TestServerError/notInstalled(program:packages:)``
    static func require(_ path: String, packages: String = "test") throws(TestServerError) {
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw .notInstalled(program: path, packages: packages)
        }
    }
}
