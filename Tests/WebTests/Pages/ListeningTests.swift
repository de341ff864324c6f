import Hummingbird
import ServiceLifecycle
import Testing

@testable import Web

@Suite struct ListeningTests {
    @Test func `a port that is taken, and an address that is not this computer's, are told in a sentence`() async throws
    {
        let bench = try await WebBench()
        let (ports, started) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingOldest(1))
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await bench.front.application(host: "127.0.0.1", port: 0) { started.yield($0) }.run()
            }
            var taken = 0
            for await port in ports {
                taken = port
                break
            }
            let port = taken
            await #expect(throws: ListeningError.portTaken(port)) {
                try await listen(bench, host: "127.0.0.1", port: port)
            }
            await #expect(throws: ListeningError.noSuchAddress("192.0.2.1")) {
                try await listen(bench, host: "192.0.2.1", port: 0)
            }
            group.cancelAll()
        }
        #expect(ListeningError.portTaken(8080).sentence.contains("--port"))
    }

    private func listen(_ bench: WebBench, host: String, port: Int) async throws {
        do {
            try await bench.front.application(host: host, port: port).run()
        } catch {
            throw ListeningError(error, host: host, port: port) ?? error
        }
    }
}
