import AsyncHTTPClient
import Logging
import Networking
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Asks web services over the network: TLS verified, no redirect followed, everything within time and size.
///
/// A host's name is looked up here, checked against the networks that may be connected to, and what was checked is what
/// is connected to, so that a name cannot lead into the network that Mailcard runs in.
public final class WebClient: HTTPExchange {
    private let lanes: WebLanes

    /// - Parameter certificateAuthorities: a file of certificate authorities, in PEM, that are trusted besides the
    ///   system's.
    public init(network: NetworkPolicy, certificateAuthorities: String? = nil, logger: Logger) {
        lanes = WebLanes(network: network, certificateAuthorities: certificateAuthorities, logger: logger)
    }

    public func send(_ request: WebRequest) async throws -> WebResponse {
        guard let address = WebAddress(request.url) else { throw WebFailure.malformedURL }
        let lane = try await lanes.enter(address)
        do {
            let response = try await withDeadline(request.deadline, host: address.host) {
                try await Self.send(request, over: lane.client)
            }
            await lanes.leave(lane, isSound: true)
            return response
        } catch {
            let failure = error is CancellationError ? error : Self.failure(error, host: address.host)
            // Another address of the host may answer.
            await lanes.leave(lane, isSound: failure as? WebFailure != .unreachable(host: address.host))
            throw failure
        }
    }

    /// Closes all connections; nothing can be sent any more.
    public func close() async { await lanes.close() }

    private static func send(_ request: WebRequest, over client: HTTPClient) async throws -> WebResponse {
        var message = HTTPClientRequest(url: request.url)
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        for (name, value) in request.headers { message.headers.add(name: name, value: value) }
        message.headers.replaceOrAdd(name: "Accept-Encoding", value: "gzip, deflate")
        if !request.body.isEmpty { message.body = .bytes(ByteBuffer(bytes: request.body)) }
        let deadline = NIODeadline.now() + .nanoseconds(Int64(request.deadline / .nanoseconds(1)))
        let response = try await client.execute(message, deadline: deadline)
        let body = try await response.body.collect(upTo: request.responseLimit)
        return WebResponse(
            status: Int(response.status.code), headers: response.headers.map { ($0.name, $0.value) },
            body: Array(body.readableBytesView))
    }

    private static func failure(_ error: any Error, host: String) -> WebFailure {
        switch error {
        case let error as WebFailure: error
        case is NIOTooManyBytesError: .tooLarge(host: host)
        case is NIOSSLError, is NIOSSLExtraError: .certificate(host: host)
        case let error as HTTPClientError where error == .connectTimeout || error == .tlsHandshakeTimeout:
            .unreachable(host: host)
        case let error as HTTPClientError
        where error == .deadlineExceeded || error == .readTimeout || error == .getConnectionFromPoolTimeout:
            .timedOut(host: host)
        case let error as HTTPClientError where error == .invalidURL: .malformedURL
        case is NIOConnectionError, is ChannelError, is IOError: .unreachable(host: host)
        default: .interrupted(host: host)
        }
    }
}

/// Runs `work` for no longer than `limit`.
private func withDeadline<Result: Sendable>(
    _ limit: Duration, host: String, _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
        group.addTask(operation: work)
        group.addTask {
            try await Task.sleep(for: limit)
            throw WebFailure.timedOut(host: host)
        }
        defer { group.cancelAll() }
        guard let result = try await group.next() else { throw CancellationError() }
        return result
    }
}
