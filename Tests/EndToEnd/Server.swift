import Foundation
import Synchronization
import TestServers

/// The product itself, `mailcard serve`, on a fresh data folder and a free port.
final class Server: Sendable {
    let folder: TemporaryFolder
    private let process = Mutex<Process?>(nil)

    private let environment: [String: String]

    /// - Parameter environment: besides the test's own.
    init(environment: [String: String] = [:]) throws {
        folder = try TemporaryFolder("server")
        self.environment = environment
    }

    /// Starts it and returns its address.
    func start() async throws -> String {
        let program = try ProductProgram.url("mailcard")
        let log = folder.file("log")
        try Data().write(to: log)
        let output = try FileHandle(forWritingTo: log)
        let started = Process()
        started.executableURL = program
        started.arguments = [
            "serve", "--data", folder.file("data").path, "--port", "0", "--allow-private-networks", "--poll-seconds",
            "5",
        ]
        started.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        started.standardOutput = output
        started.standardError = output
        try started.run()
        process.withLock { $0 = started }
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end {
            if let line = self.log.split(separator: "\n").first(where: { $0.contains("http://") }),
                let start = line.range(of: "http://")
            {
                return String(line[start.lowerBound...])
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw TestServerError.didNotStart(server: "mailcard serve", log: self.log)
    }

    var log: String { (try? String(contentsOf: folder.file("log"), encoding: .utf8)) ?? "" }

    var isRunning: Bool { process.withLock { $0?.isRunning ?? false } }

    /// The most memory that it had at one time, in KB (`VmHWM`, proc(5)).
    func peakMemory() throws -> Int {
        let id = process.withLock { $0?.processIdentifier ?? 0 }
        let status = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return Int(line?.split(separator: " ").dropLast().last ?? "") ?? 0
    }

    func stop() {
        process.withLock { process in
            guard let running = process else { return }
            kill(running.processIdentifier, SIGKILL)
            running.waitUntilExit()
            process = nil
        }
    }

    deinit { stop() }
}
