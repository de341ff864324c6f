import Foundation
import Sandbox

/// A script of Clients/, run by the Python that scripts/install.sh test prepared.
enum PythonClient {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// Runs it with `given` on its standard input and reads its answer. Two minutes are enough on a busy machine.
    static func run(_ script: String, given: JSONValue, authority: URL) async throws -> JSONValue {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let python = root.appendingPathComponent(".build-tools/clients/bin/python").path
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw Failure(description: "The clients are not installed. Run: scripts/install.sh test")
        }
        guard let file = Bundle.module.url(forResource: script, withExtension: "py", subdirectory: "Clients") else {
            throw Failure(description: "There is no script \(script) in Clients.")
        }
        // On a thread of its own: it waits for a program, and the sandbox needs the others meanwhile.
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try finish(python, file, given, authority) })
            }
        }
    }

    private static func finish(
        _ python: String, _ file: URL, _ given: JSONValue, _ authority: URL
    ) throws -> JSONValue {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        process.arguments = ["120", python, file.path]
        process.environment = ProcessInfo.processInfo.environment.merging(
            [
                "SSL_CERT_FILE": authority.path, "REQUESTS_CA_BUNDLE": authority.path, "NO_PROXY": "127.0.0.1",
                "PYTHONDONTWRITEBYTECODE": "1",
            ]) { $1 }
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: given.data)
        try input.fileHandleForWriting.close()
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        let complaint = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0, let json = JSONValue(parsing: answer) else {
            throw Failure(
                description: "\(file.lastPathComponent) ended with \(process.terminationStatus):\n"
                    + String(decoding: complaint.suffix(4000), as: UTF8.self))
        }
        return json
    }
}
