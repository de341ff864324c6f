import Logging
import NIOCore
import NIOSSL

/// Proves that a submission server can be used with certain credentials, by signing in and leaving again. Sends no
/// mail.
public enum SMTPCheck {
    /// - Parameters:
    ///   - furtherTrustRoots: authorities that are trusted besides the system's.
    ///   - deadline: for all of it, from the look-up of the name to the sign-in. A server that has accepted the
    ///     credentials gets at most two seconds more to say goodbye.
    ///   - group: where the connection lives.
    ///   - logger: gets the outcome with the server's last reply at debug level, and never what the client sends.
    /// - Throws: what stands in the way. Cancelling the task ends the connection and throws ``SMTPError/cancelled``.
    public static func run(
        endpoint: SMTPEndpoint, credentials: SMTPCredentials, furtherTrustRoots: NIOSSLAdditionalTrustRoots? = nil,
        deadline: Duration,
        group: any EventLoopGroup, logger: Logger
    ) async throws(SMTPError) {
        let end = NIODeadline.now() + TimeAmount(deadline)
        let tls = endpoint.security == .cleartext ? nil : try tlsContext(furtherTrustRoots)
        let loop = group.next()
        let outcome = loop.makePromise(of: Result<Void, SMTPError>.self)
        let conversation = loop.submit {
            let conversation = SMTPConversation(
                endpoint: endpoint, credentials: credentials, tls: tls, outcome: outcome)
            conversation.begin(on: loop, until: end)
            return NIOLoopBound(conversation, eventLoop: loop)
        }
        // Only a group that was shut down takes no work.
        conversation.whenFailure { _ in outcome.succeed(.failure(.cancelled)) }
        let result: Result<Void, SMTPError> = await withTaskCancellationHandler {
            do { return try await outcome.futureResult.get() } catch { return .failure(.cancelled) }
        } onCancel: {
            conversation.whenSuccess { $0.value.ended(.cancelled) }
        }
        let server: Logger.Metadata = ["smtp.host": "\(endpoint.host)", "smtp.port": "\(endpoint.port)"]
        switch result {
        case .success: logger.debug("SMTP sign-in accepted", metadata: server)
        case .failure(let error): logger.debug("SMTP check failed: \(error)", metadata: server)
        }
        try result.get()
    }

    /// TLS 1.2 at least, as RFC 8997 asks of mail programs.
    private static func tlsContext(_ furtherTrustRoots: NIOSSLAdditionalTrustRoots?) throws(SMTPError) -> NIOSSLContext
    {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        if let furtherTrustRoots { configuration.additionalTrustRoots = [furtherTrustRoots] }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw .tlsFailed(.handshake(String(describing: error)))
        }
    }
}
