import Glibc
import NIOCore
import NIOSSL
import NIOTLS
import TLSNames

/// Frames and parses what the socket brings, on the event loop, and pushes it into the queue: a read's worth at a time.
final class ResponseHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let queue: ResponseQueue
    private var framer = ResponseFramer()
    private var context: ChannelHandlerContext?
    /// From sending STARTTLS until the handshake: after the answer, not one more octet may come in the clear.
    private var awaitsTLS = false
    private var sawAnswer = false
    private var wasInjected = false
    private var unparsable = UnparsableLimit()
    private var isGibberish = false

    /// The host that a certificate must name; nil where it was given in numbers and the TLS library checks the address.
    private let certifiedName: String?

    init(queue: ResponseQueue, certifiedName: String?) {
        self.queue = queue
        self.certifiedName = certifiedName
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    /// Called on the event loop before STARTTLS is sent.
    func prepareForTLS() {
        awaitsTLS = true
        sawAnswer = false
    }

    /// Called on the event loop when STARTTLS was answered by OK.
    func beginTLS(_ handler: NIOSSLClientHandler) throws {
        guard !wasInjected, !framer.isInside, queue.isEmpty, let context else { throw IMAPError.startTLSInjection }
        awaitsTLS = false
        try context.pipeline.syncOperations.addHandler(handler, position: .first)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        // What comes while the connection is being closed.
        if isGibberish { return }
        if awaitsTLS, sawAnswer {
            wasInjected = true
            return
        }
        var responses: [Response] = []
        do {
            try buffer.withUnsafeReadableBytes { bytes in
                try framer.read(bytes) { frame in
                    if awaitsTLS, sawAnswer {
                        wasInjected = true
                        return
                    }
                    if isGibberish { return }
                    let response = ResponseParser.parse(frame)
                    if case .excessive = unparsable.received(response) { isGibberish = true }
                    if awaitsTLS, case .tagged = response { sawAnswer = true }
                    responses.append(response)
                }
            }
        } catch {
            return giveUp(
                "a line of more than \(ResponseFramer.lineLimit >> 20) MB, or a response without end", context)
        }
        if isGibberish { return giveUp("a thousand responses that are not understood", context) }
        let goesOn = queue.push(responses, octets: buffer.readableBytes)
        if !goesOn { pause(context) }
    }

    private func giveUp(_ violation: String, _ context: ChannelHandlerContext) {
        queue.fail(.protocolViolation(violation))
        context.close(promise: nil)
    }

    private func pause(_ context: ChannelHandlerContext) {
        context.channel.setOption(.autoRead, value: false).whenFailure { _ in }
    }

    /// Called on the event loop.
    func resume() {
        guard let context else { return }
        context.channel.setOption(.autoRead, value: true).whenFailure { _ in }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent {
            guard isCertified(context) else {
                queue.fail(.tlsFailed(.nameMismatch))
                context.close(promise: nil)
                return
            }
            _ = queue.push([.other("TLS")], octets: 0)
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// See ``CertificateNames`` for why this is asked once more.
    private func isCertified(_ context: ChannelHandlerContext) -> Bool {
        guard let certifiedName else { return true }
        guard let tls = try? context.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self),
            let certificate = tls.peerCertificate
        else { return false }
        return CertificateNames.match(certifiedName, in: certificate)
    }

    func channelInactive(context: ChannelHandlerContext) {
        queue.fail(.closed(nil))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let tls = try? context.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self)
        queue.fail(Self.meaning(of: error, certificate: tls?.peerCertificate))
        context.close(promise: nil)
    }

    /// - Parameter certificate: what the server showed, to tell an expired one from one that nobody vouches for.
    static func meaning(of error: any Error, certificate: NIOSSLCertificate?) -> IMAPError {
        if let error = error as? IMAPError { return error }
        if let error = error as? NIOSSLError, case .uncleanShutdown = error { return .closed(nil) }
        if error is NIOSSLError || error is NIOSSLExtraError || error is BoringSSLError {
            return .tlsFailed(TLSFault(error, certificate: certificate))
        }
        if let error = error as? IOError { return .closed(error.description) }
        return .closed("\(error)")
    }
}

extension TLSFault {
    /// Reads the reason out of what the TLS library reports.
    init(_ error: any Error, certificate: NIOSSLCertificate?) {
        let words = "\(error)"
        if words.contains("failedToValidateHostname") || words.contains("unableToValidateCertificate")
            || (error as? NIOSSLExtraError) == .failedToValidateHostname
        {
            self = .nameMismatch
        } else if words.contains("CERTIFICATE_VERIFY_FAILED") {
            self = (certificate?.notValidAfter).map { $0 < time(nil) } ?? false ? .expired : .untrusted
        } else {
            self = .handshake(words)
        }
    }
}
