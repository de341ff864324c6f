import NIOCore
import NIOPosix
import NIOSSL
import TLSNames
import NIOTLS

/// Performs what the ``SubmissionSession`` decides, on one connection. Lives on its event loop.
final class SMTPConversation: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How long a server that has accepted the credentials is waited for after QUIT.
    private static let farewell = TimeAmount.seconds(2)

    private let endpoint: SMTPEndpoint
    private let credentials: SMTPCredentials
    private let tls: NIOSSLContext?
    private let outcome: EventLoopPromise<Result<Void, SMTPError>>

    private var session: SubmissionSession?
    private var channel: (any Channel)?
    private var tlsHandler: NIOSSLClientHandler?
    private var deadline: Scheduled<Void>?
    private var isFinished = false

    /// - Parameter outcome: succeeded exactly once, with what came of it.
    init(
        endpoint: SMTPEndpoint, credentials: SMTPCredentials, tls: NIOSSLContext?,
        outcome: EventLoopPromise<Result<Void, SMTPError>>
    ) {
        self.endpoint = endpoint
        self.credentials = credentials
        self.tls = tls
        self.outcome = outcome
    }

    // MARK: Connecting

    func begin(on loop: any EventLoop, until end: NIODeadline) {
        guard !endpoint.host.isEmpty, !endpoint.host.utf8.contains(0) else {
            return ended(.cannotConnect(.hostUnknown))
        }
        guard (1...65535).contains(endpoint.port) else { return ended(.cannotConnect(.portClosed)) }
        if let addresses = endpoint.addresses {
            guard !addresses.isEmpty else { return ended(.cannotConnect(.hostUnknown)) }
            if endpoint.security == .cleartext, !addresses.allSatisfy(\.isLoopback) {
                return ended(.cannotConnect(.cleartextBeyondLoopback))
            }
            if hostIsAddress, addresses.contains(where: { $0.ipAddress != endpoint.host }) {
                return ended(.tlsFailed(.nameMismatch))
            }
        }
        let conversation = NIOLoopBound(self, eventLoop: loop)
        deadline = loop.scheduleTask(deadline: end) { conversation.value.deadlinePassed() }
        if let addresses = endpoint.addresses {
            connect(to: addresses[...], on: loop, until: end, failures: [])
        } else {
            Self.bootstrap(on: loop, timeout: Self.time(until: end)).connect(host: endpoint.host, port: endpoint.port)
                .whenComplete { result in
                    switch result {
                    case .success(let channel): conversation.value.connected(channel)
                    case .failure(let error): conversation.value.ended(SMTPError(connecting: error))
                    }
                }
        }
    }

    /// A little more than is left: the deadline itself ends the attempt.
    private static func time(until end: NIODeadline) -> TimeAmount { left(until: end) + .seconds(1) }

    private static func left(until end: NIODeadline) -> TimeAmount { max(end - .now(), .nanoseconds(1)) }

    private static func bootstrap(on loop: any EventLoop, timeout: TimeAmount) -> ClientBootstrap {
        ClientBootstrap(group: loop)
            // Its own limit would win over ours where ours is longer.
            .connectTimeout(timeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            // Nothing is read before the handlers are in place. They come after the connection is made, since a name
            // with several addresses may lead to several attempts at once (RFC 8305).
            .channelOption(.autoRead, value: false)
    }

    /// How long an address is waited for at most when there is another one.
    private static let attempt = TimeAmount.seconds(10)

    /// - Parameters:
    ///   - addresses: those that were not tried, at least one.
    ///   - failures: of those that were.
    private func connect(
        to addresses: ArraySlice<SocketAddress>, on loop: any EventLoop, until end: NIODeadline, failures: [SMTPError]
    ) {
        guard !isFinished else { return }
        guard let address = addresses.first else {
            return ended(SMTPError(failures) ?? .cannotConnect(.hostUnknown))
        }
        let rest = addresses.dropFirst()
        let share = TimeAmount.nanoseconds(Self.left(until: end).nanoseconds / Int64(addresses.count))
        let timeout = rest.isEmpty ? Self.time(until: end) : min(share, Self.attempt)
        let conversation = NIOLoopBound(self, eventLoop: loop)
        Self.bootstrap(on: loop, timeout: timeout).connect(to: address).whenComplete { result in
            switch result {
            case .success(let channel): conversation.value.connected(channel)
            case .failure(let error):
                conversation.value.connect(
                    to: rest, on: loop, until: end, failures: failures + [SMTPError(connecting: error)])
            }
        }
    }

    private func connected(_ channel: any Channel) {
        guard !isFinished else { return channel.close(promise: nil) }
        self.channel = channel
        if endpoint.security == .cleartext, channel.remoteAddress?.isLoopback != true {
            return ended(.cannotConnect(.cleartextBeyondLoopback))
        }
        session = SubmissionSession(
            security: endpoint.security, credentials: credentials,
            clientName: channel.localAddress?.literal ?? "localhost")
        do {
            if endpoint.security == .tls { try addTLS(to: channel) }
            try channel.pipeline.syncOperations.addHandler(self)
            try channel.syncOptions?.setOption(.autoRead, value: true)
        } catch {
            ended(SMTPError(error, at: stage, certificate: nil))
        }
        // One that was lost in the meantime never says so to a handler that came too late.
        if !channel.isActive { ended(.closed(stage)) }
    }

    private func addTLS(to channel: any Channel) throws {
        guard let tls else { preconditionFailure("TLS without a context.") }
        // An address is compared with the certificate's addresses, and is not sent as a server name (RFC 6066, section
        // 3).
        let handler = try NIOSSLClientHandler(context: tls, serverHostname: hostIsAddress ? nil : endpoint.host)
        tlsHandler = handler
        try channel.pipeline.syncOperations.addHandler(handler, position: .first)
    }

    private var hostIsAddress: Bool { (try? SocketAddress(ipAddress: endpoint.host, port: 0)) != nil }

    // MARK: What happens on the connection

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        session?.received(unwrapInboundIn(data).readableBytesView)
        while let action = session?.next(), action != .wait { perform(action) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event { handshakeCompleted() }
        context.fireUserInboundEventTriggered(event)
    }

    private func handshakeCompleted() {
        if !hostIsAddress {
            guard let certificate = tlsHandler?.peerCertificate, CertificateNames.match(endpoint.host, in: certificate)
            else {
                return ended(.tlsFailed(.nameMismatch))
            }
        }
        if let action = session?.tlsEstablished() { perform(action) }
    }

    func channelInactive(context: ChannelHandlerContext) { ended(.closed(stage)) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        ended(SMTPError(error, at: stage, certificate: tlsHandler?.peerCertificate))
    }

    /// The connection is over, or was given up, for this reason.
    func ended(_ error: SMTPError) {
        guard !isFinished else { return }
        guard let action = session?.ended(error) else { return finish(.failure(error)) }
        perform(action)
    }

    private func deadlinePassed() { ended(.timedOut(stage)) }

    private var stage: SMTPStage { session?.stage ?? .connecting }

    // MARK: What the session wants

    private func perform(_ action: SubmissionSession.Action) {
        switch action {
        case .wait: break
        case .send(let text):
            channel?.writeAndFlush(ByteBuffer(string: text), promise: nil)
            if stage == .quit { shortenDeadline() }
        case .startTLS:
            do {
                guard let channel else { return }
                try addTLS(to: channel)
            } catch {
                ended(SMTPError(error, at: .tlsHandshake, certificate: nil))
            }
        case .finish(let result): finish(result)
        }
    }

    private func shortenDeadline() {
        guard let channel else { return }
        deadline?.cancel()
        let conversation = NIOLoopBound(self, eventLoop: channel.eventLoop)
        deadline = channel.eventLoop.scheduleTask(in: SMTPConversation.farewell) { conversation.value.deadlinePassed() }
    }

    private func finish(_ result: Result<Void, SMTPError>) {
        guard !isFinished else { return }
        isFinished = true
        deadline?.cancel()
        outcome.succeed(result)
        channel?.close(promise: nil)
    }
}
