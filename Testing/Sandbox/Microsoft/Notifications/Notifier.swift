import AsyncHTTPClient
import Foundation
import NIOCore
import Synchronization

/// Posts to the addresses of subscribers.
final class Notifier: Sendable {
    /// The service waits ten seconds for a validation (Receive change notifications through webhooks).
    private static let patience = TimeAmount.seconds(10)
    /// Tries for each notification. The real service tries for up to four hours.
    private static let tries = 3

    private let client = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: .init(certificateVerification: .none, redirectConfiguration: .disallow))
    private let deliveries = Mutex<[Task<Bool, Never>]>([])

    /// Whether the address answers the handshake: 200 with the token as plain text.
    func validate(_ url: String) async -> Bool {
        let token =
            "Validation: Testing client application reachability for subscription Request-Id: \(UUID().uuidString)"
        let mark = url.contains("?") ? "&" : "?"
        do {
            var request = HTTPClientRequest(url: "\(url)\(mark)validationToken=\(FormFields.encoded(token))")
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
            let response = try await client.execute(request, timeout: Self.patience)
            // A token is some hundred octets; more than this is no echo of it.
            let body = try await response.body.collect(upTo: 16384)
            return response.status.code == 200 && String(buffer: body) == token
                && (response.headers.first(name: "Content-Type") ?? "").lowercased().hasPrefix("text/plain")
        } catch {
            return false
        }
    }

    /// Posts without keeping the caller; `settle` waits for it.
    func post(_ body: JSONValue, to url: String) {
        // Outlives the call that caused it, as a notification does.
        let delivery = Task { await self.deliver(body, to: url) }
        deliveries.withLock { $0.append(delivery) }
    }

    /// Waits until everything posted so far was taken or given up. How many were given up.
    @discardableResult
    func settle() async -> Int {
        var lost = 0
        while true {
            let waiting = deliveries.withLock { tasks in
                defer { tasks = [] }
                return tasks
            }
            if waiting.isEmpty { return lost }
            for delivery in waiting where await !delivery.value { lost += 1 }
        }
    }

    func stop() async {
        await settle()
        try? await client.shutdown()
    }

    private func deliver(_ body: JSONValue, to url: String) async -> Bool {
        for _ in 0..<Self.tries {
            var request = HTTPClientRequest(url: url)
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/json; charset=utf-8")
            request.body = .bytes(ByteBuffer(bytes: body.data))
            if let response = try? await client.execute(request, timeout: Self.patience),
                (200..<300).contains(response.status.code)
            {
                return true
            }
        }
        return false
    }
}
