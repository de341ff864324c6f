import Foundation
import FoundationNetworking
import Glibc

/// The server, as a process of its own.
final class ServerProgram: Sendable {
    private let process: Process

    /// - Parameters:
    ///   - environment: besides ours.
    ///   - ended: called with its exit code, whenever it ends.
    init(
        path: String, data: String, port: Int, environment: [String: String], ended: @escaping @Sendable (Int32) -> Void
    ) throws {
        process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = [
            "serve", "--data", data, "--port", "\(port)", "--allow-private-networks", "--log-level", "warning",
        ]
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.terminationHandler = { ended($0.terminationStatus) }
        // A child inherits the signals that its thread has blocked, and the threads that tasks run on have blocked them
        // all.
        var (none, before) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
    }

    /// Whether nothing listens there. Another server's answers would be taken for ours.
    static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) != 0
            }
        }
    }

    /// Waits until it answers.
    /// - Returns: false if it ended instead.
    func isServing(port: Int) async throws -> Bool {
        guard let address = URL(string: "http://127.0.0.1:\(port)/health") else { return false }
        for _ in 0..<600 where process.isRunning {
            if let (_, answer) = try? await URLSession.shared.data(from: address),
                let http = answer as? HTTPURLResponse,
                http.statusCode == 200, process.isRunning
            {
                return true
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    /// Asks it to end, and returns when it has. Control-C reached it as well as us, so that it may be about to end
    /// already.
    func stop() async {
        for attempt in 0..<200 where process.isRunning {
            if attempt == 10 { process.terminate() }
            if attempt == 150 { kill(process.processIdentifier, SIGKILL) }
            try? await Task.sleep(for: .milliseconds(50))
        }
    }
}
