import Foundation
import Synchronization
import TestServers

/// `mailcard-demo` as `make demo` starts it, on a fresh data folder and a free port, without mail that comes by itself.
final class Demo: Sendable {
    private let folder: TemporaryFolder
    private let process = Mutex<Process?>(nil)

    init() throws { folder = try TemporaryFolder("demo") }

    /// What it has printed.
    var words: String { (try? String(contentsOf: folder.file("words"), encoding: .utf8)) ?? "" }

    /// Starts it and returns the server's address.
    func start() async throws -> String {
        let port = try FreePorts.take(1)[0]
        try Data().write(to: folder.file("words"))
        let output = try FileHandle(forWritingTo: folder.file("words"))
        let started = Process()
        started.executableURL = try ProductProgram.url("mailcard-demo")
        started.arguments = [
            "--server", try ProductProgram.url("mailcard").path, "--data", folder.file("data").path, "--port",
            "\(port)", "--every", "0",
        ]
        started.standardInput = FileHandle.nullDevice
        started.standardOutput = output
        started.standardError = output
        try started.run()
        process.withLock { $0 = started }
        let end = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < end, started.isRunning {
            if words.contains("Control-C ends it all.") { return "http://127.0.0.1:\(port)" }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw TestServerError.didNotStart(server: "mailcard-demo", log: words)
    }

    /// Ends it as Control-C does, with its server and mail server.
    func stop() async {
        guard let running = process.withLock({ $0 }) else { return }
        running.interrupt()
        for _ in 0..<400 where running.isRunning { try? await Task.sleep(for: .milliseconds(50)) }
        if running.isRunning { kill(running.processIdentifier, SIGKILL) }
        process.withLock { $0 = nil }
    }

    deinit {
        process.withLock { running in
            guard let running, running.isRunning else { return }
            running.interrupt()
            running.waitUntilExit()
        }
    }
}
