import Logging
import NIOCore
import NIOPosix
import NIOSSL

extension IMAPConnection {
    /// Connects and takes the greeting; with STARTTLS where the endpoint says so. Signing in comes next.
    /// - Throws: ``IMAPError`` for each way in which a server can fail.
    public static func connect(
        to endpoint: IMAPEndpoint, deadlines: IMAPDeadlines = IMAPDeadlines(),
        group: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup,
        logger: Logger
    ) async throws -> IMAPConnection {
        guard !endpoint.addresses.isEmpty else { throw IMAPError.connectFailed("the host has no address") }
        if endpoint.security == .cleartext, !endpoint.addresses.allSatisfy(\.isLoopback) {
            throw IMAPError.cleartextRefused
        }
        var failure = IMAPError.connectTimedOut
        for address in endpoint.addresses {
            do {
                let connection = try await open(address, endpoint, deadlines, group, logger)
                do {
                    try await connection.greet()
                } catch {
                    await connection.close()
                    throw error
                }
                return connection
            } catch let error as IMAPError {
                failure = error
                // Another address of the same host may answer; one that answered wrongly is not made better by another.
                switch error {
                case .connectFailed, .connectTimedOut: continue
                default: throw error
                }
            }
        }
        throw failure
    }

    private static func open(
        _ address: SocketAddress, _ endpoint: IMAPEndpoint, _ deadlines: IMAPDeadlines, _ group: any EventLoopGroup,
        _ logger: Logger
    ) async throws -> IMAPConnection {
        let loop = group.next()
        let queue = ResponseQueue(eventLoop: loop)
        do {
            let handler = try await loop.submit {
                NIOLoopBound(ResponseHandler(queue: queue, certifiedName: TLS.serverName(endpoint)), eventLoop: loop)
            }.get()
            let channel = try await ClientBootstrap(group: loop)
                .connectTimeout(TimeAmount(deadlines.connect))
                .channelOption(.socketOption(.so_keepalive), value: 1)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .channelOption(
                    .recvAllocator,
                    value: AdaptiveRecvByteBufferAllocator(minimum: 4096, initial: 16_384, maximum: 262_144)
                )
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if endpoint.security == .tls {
                            try channel.pipeline.syncOperations.addHandler(TLS.handler(endpoint))
                        }
                        try channel.pipeline.syncOperations.addHandler(handler.value)
                    }
                }
                .connect(to: address).get()
            return IMAPConnection(
                channel: channel, handler: handler, queue: queue, endpoint: endpoint, deadlines: deadlines,
                logger: logger)
        } catch let error as IMAPError {
            throw error
        } catch let error as ChannelError {
            if case .connectTimeout = error { throw IMAPError.connectTimedOut }
            throw IMAPError.connectFailed("\(error)")
        } catch let error as IOError {
            throw IMAPError.connectFailed(error.description)
        } catch let error as NIOConnectionError {
            throw IMAPError.connectFailed(error.connectionErrors.first.map { "\($0.error)" } ?? "\(error)")
        }
    }

    /// Reads the greeting, changes to TLS where asked for, and learns the capabilities.
    private func greet() async throws {
        var greeting = try await nextGreeting(silence: deadlines.signIn)
        // The sign that the handshake is done.
        if endpoint.security == .tls, case .other("TLS") = greeting {
            greeting = try await nextGreeting(silence: deadlines.signIn)
        }
        try session.greetingReceived(greeting)
        if endpoint.security == .startTLS { try await startTLS() }
        if !session.knowsCapabilities { try await askCapabilities() }
    }

    func askCapabilities() async throws {
        try await run(Command("CAPABILITY"), silence: deadlines.signIn)
    }

    private func startTLS() async throws {
        // A PREAUTH greeting cannot be protected any more (RFC 9051, section 11.3).
        guard session.state == .notAuthenticated else { throw IMAPError.startTLSUnavailable }
        if !session.knowsCapabilities { try await askCapabilities() }
        guard session.can(.startTLS) else { throw IMAPError.startTLSUnavailable }
        let handler = handler
        try await channel.eventLoop.submit { handler.value.prepareForTLS() }.get()
        do {
            try await run(Command("STARTTLS"), silence: deadlines.signIn)
        } catch IMAPError.refused {
            throw IMAPError.startTLSUnavailable
        }
        guard isCaughtUp else { throw IMAPError.startTLSInjection }
        let endpoint = endpoint
        try await channel.eventLoop.submit { try handler.value.beginTLS(TLS.handler(endpoint)) }.get()
        session.forgetCapabilities()
        guard case .other("TLS") = try await next(silence: deadlines.signIn) else { throw IMAPError.startTLSInjection }
        try await askCapabilities()
    }
}

enum TLS {
    /// A host in numbers is not sent to the server (RFC 6066, section 3); the certificate is then checked for the
    /// address.
    static func serverName(_ endpoint: IMAPEndpoint) -> String? {
        (try? SocketAddress(ipAddress: endpoint.host, port: 0)) == nil ? endpoint.host : nil
    }

    static func handler(_ endpoint: IMAPEndpoint) throws -> NIOSSLClientHandler {
        do {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.minimumTLSVersion = .tlsv12
            if let roots = endpoint.furtherTrustRoots { configuration.additionalTrustRoots = [roots] }
            let context = try NIOSSLContext(configuration: configuration)
            return try NIOSSLClientHandler(context: context, serverHostname: serverName(endpoint))
        } catch {
            throw IMAPError.tlsFailed(.handshake("\(error)"))
        }
    }
}

extension SocketAddress {
    /// 127.0.0.0/8 and ::1.
    public var isLoopback: Bool {
        switch self {
        case .v4(let address): return UInt32(bigEndian: address.address.sin_addr.s_addr) >> 24 == 127
        case .v6: return ipAddress == "::1"
        case .unixDomainSocket: return true
        }
    }
}
