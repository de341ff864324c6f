import CRM
import IMAP
import Logging
import Mirror
import NIOCore
import NIOPosix
import NIOSSL
import SMTP

/// Mailboxes on any IMAP server, with SMTP checked as well.
public struct IMAPMailProvider: MailProvider {
    let network: NetworkPolicy
    /// A file of certificate authorities, in PEM, that are trusted besides the system's.
    let certificateAuthorities: String?
    let deadlines: IMAPDeadlines
    let logger: Logger

    public init(
        network: NetworkPolicy, certificateAuthorities: String? = nil, deadlines: IMAPDeadlines = IMAPDeadlines(),
        logger: Logger
    ) {
        self.network = network
        self.certificateAuthorities = certificateAuthorities
        self.deadlines = deadlines
        self.logger = logger
    }

    public func source(_ settings: MailboxSettings, password: Secret<String>) -> any MailSource {
        IMAPMailSource(host: settings.imap.host, account: settings.loginName, logger: logger) {
            try await open(settings, password: password)
        }
    }

    /// Connects and signs in.
    func open(_ settings: MailboxSettings, password: Secret<String>) async throws -> IMAPConnection {
        let server = settings.imap
        let endpoint = IMAPEndpoint(
            host: server.host, addresses: try await network.addresses(of: server.host, port: server.port),
            security: IMAPEndpoint.Security(server.security),
            furtherTrustRoots: certificateAuthorities.map { .file($0) })
        let connection = try await IMAPConnection.connect(to: endpoint, deadlines: deadlines, logger: logger)
        do {
            try await connection.signIn(.password(user: settings.loginName, password: password.expose()))
        } catch {
            await connection.close()
            throw error
        }
        return connection
    }

    // MARK: Trying settings

    public func trial(_ settings: MailboxSettings, password: Secret<String>) async -> ConnectionTrial {
        async let imap = tryIMAP(settings, password: password)
        async let smtp = trySMTP(settings, password: password)
        return await ConnectionTrial(imap: imap, smtp: smtp)
    }

    private func tryIMAP(_ settings: MailboxSettings, password: Secret<String>) async -> ServerTrial {
        do {
            let connection = try await open(settings, password: password)
            do {
                // Exchange lets strangers in and refuses every command.
                _ = try await connection.list()
            } catch {
                await connection.close()
                throw error
            }
            await connection.logout()
            return .accepted
        } catch {
            logger.info("IMAP trial failed", metadata: ["host": "\(settings.imap.host)", "error": "\(error)"])
            return .refused(TrialRefusal(error, server: settings.imap, of: .imap))
        }
    }

    /// For the whole conversation.
    private static let smtpDeadline = Duration.seconds(40)

    private func trySMTP(_ settings: MailboxSettings, password: Secret<String>) async -> ServerTrial {
        let server = settings.smtp
        do {
            let address = try await network.addresses(of: server.host, port: server.port).first
            try await SMTPCheck.run(
                endpoint: SMTPEndpoint(
                    host: server.host, port: server.port, security: SMTPEndpoint.Security(server.security),
                    address: address),
                credentials: .password(user: settings.loginName, password: password.expose()),
                furtherTrustRoots: certificateAuthorities.map { .file($0) }, deadline: Self.smtpDeadline,
                group: MultiThreadedEventLoopGroup.singleton, logger: logger)
            return .accepted
        } catch {
            logger.info("SMTP trial failed", metadata: ["host": "\(server.host)", "error": "\(error)"])
            return .refused(TrialRefusal(error, server: server, of: .smtp))
        }
    }
}

extension IMAPEndpoint.Security {
    init(_ security: TransportSecurity) {
        switch security {
        case .tls: self = .tls
        case .startTLS: self = .startTLS
        case .cleartext: self = .cleartext
        }
    }
}

extension SMTPEndpoint.Security {
    init(_ security: TransportSecurity) {
        switch security {
        case .tls: self = .tls
        case .startTLS: self = .startTLS
        case .cleartext: self = .cleartext
        }
    }
}
