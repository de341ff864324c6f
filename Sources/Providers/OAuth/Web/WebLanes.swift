import AsyncHTTPClient
import Logging
import Networking
import NIOCore
import NIOPosix
import NIOSSL

/// The connections to one host at the address that was checked for it.
struct WebLane: Sendable {
    let number: Int
    let target: WebAddress
    let client: HTTPClient
}

/// Keeps connections by host. A name is looked up again from time to time, and then connected to anew where its
/// addresses changed; what is under way goes on.
actor WebLanes {
    private struct Entry {
        let lane: WebLane
        let address: SocketAddress
        var checkedAt: ContinuousClock.Instant
        var users = 0
        var isRetired = false
    }

    private let network: NetworkPolicy
    private let certificateAuthorities: String?
    private let logger: Logger
    private var entries: [Int: Entry] = [:]
    private var current: [WebAddress: Int] = [:]
    /// Addresses that could not be reached, by host; they are tried last.
    private var unreachable: [WebAddress: [SocketAddress]] = [:]
    private var count = 0
    private var isClosed = false

    /// Services move between addresses; their own answers of name servers hold for one to five minutes.
    private static let lookUpInterval = Duration.seconds(60)
    /// Hosts that connections are kept to: an installation speaks with a handful.
    private static let hostLimit = 32

    init(network: NetworkPolicy, certificateAuthorities: String?, logger: Logger) {
        self.network = network
        self.certificateAuthorities = certificateAuthorities
        self.logger = logger
    }

    deinit {
        for entry in entries.values {
            let client = entry.lane.client
            // Nobody is left to wait for it, and connections that are not closed stay open.
            Task { try? await client.shutdown() }
        }
    }

    /// - Throws: ``WebFailure/refusedAddress(_:)``.
    func enter(_ target: WebAddress) async throws -> WebLane {
        if let number = current[target], let entry = entries[number], !entry.isRetired,
            entry.checkedAt.duration(to: .now) < Self.lookUpInterval
        {
            entries[number]?.users += 1
            return entry.lane
        }
        let allowed: [SocketAddress]
        do {
            allowed = try await network.addresses(of: target.host, port: target.port)
        } catch let refusal as NetworkRefusal {
            throw WebFailure.refusedAddress(refusal)
        }
        guard !isClosed else { throw WebFailure.interrupted(host: target.host) }
        if let number = current[target], let entry = entries[number], !entry.isRetired,
            allowed.contains(entry.address)
        {
            entries[number]?.checkedAt = .now
            entries[number]?.users += 1
            return entry.lane
        }
        return try await open(target, allowed)
    }

    private func open(_ target: WebAddress, _ allowed: [SocketAddress]) async throws -> WebLane {
        let avoided = unreachable[target] ?? []
        if allowed.allSatisfy(avoided.contains) { unreachable[target] = nil }
        guard let address = allowed.first(where: { !avoided.contains($0) }) ?? allowed.first,
            let numeric = address.ipAddress
        else { throw WebFailure.unreachable(host: target.host) }
        if let number = current[target] { await retire(number) }
        if current.count >= Self.hostLimit, let (other, number) = current.first {
            current[other] = nil
            await retire(number)
        }
        count += 1
        let lane = WebLane(
            number: count, target: target,
            client: HTTPClient(
                eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton),
                configuration: configuration(of: target, at: numeric)))
        entries[lane.number] = Entry(lane: lane, address: address, checkedAt: .now, users: 1)
        current[target] = lane.number
        return lane
    }

    private func configuration(of target: WebAddress, at address: String) -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let certificateAuthorities { tls.additionalTrustRoots = [.file(certificateAuthorities)] }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10), read: .seconds(60)),
            // What is unpacked is bounded by the limit of the request; this bounds a bomb before it is collected.
            decompression: .enabled(limit: .size(Self.unpackedLimit)))
        // The failure is told at once; who asked decides about another attempt.
        configuration.connectionPool.retryConnectionEstablishment = false
        if target.host != address { configuration.dnsOverride = [target.host: address] }
        return configuration
    }

    /// Octets of one unpacked answer at most.
    private static let unpackedLimit = 256 << 20

    func leave(_ lane: WebLane, isSound: Bool) async {
        guard var entry = entries[lane.number] else { return }
        entry.users -= 1
        if !isSound {
            entry.isRetired = true
            unreachable[lane.target, default: []].append(entry.address)
        }
        entries[lane.number] = entry
        if entry.isRetired, entry.users == 0 { await shutDown(lane.number) }
    }

    private func retire(_ number: Int) async {
        entries[number]?.isRetired = true
        if entries[number]?.users == 0 { await shutDown(number) }
    }

    private func shutDown(_ number: Int) async {
        guard let entry = entries.removeValue(forKey: number) else { return }
        if current[entry.lane.target] == number { current[entry.lane.target] = nil }
        do {
            try await entry.lane.client.shutdown()
        } catch {
            logger.debug("connections did not close", metadata: ["error": "\(error)"])
        }
    }

    func close() async {
        isClosed = true
        for number in entries.keys { await shutDown(number) }
    }
}
