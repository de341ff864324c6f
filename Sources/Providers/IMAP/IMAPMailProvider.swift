import CRM
import IMAP
import Logging
import Mirror
import Networking
import NIOCore
import NIOPosix
import NIOSSL
import SMTP

/// Mailboxes on any IMAP server, with SMTP checked as well.
public struct IMAPMailProvider: PasswordMailProvider {
    /// A file of certificate authorities, in PEM, that are trusted besides the system's.
    let certificateAuthorities: String?
    let deadlines: IMAPDeadlines
    let connecting: ConnectingDeadlines
    let logger: Logger
    /// Where a server stands.
    var lookUp: @Sendable (ServerEndpoint) async throws -> [SocketAddress]

    /// Addresses of one host that are tried; a host may have as many as its owner likes.
    private static let addressLimit = 8

    public init(
        network: NetworkPolicy, certificateAuthorities: String? = nil, deadlines: IMAPDeadlines = IMAPDeadlines(),
        connecting: ConnectingDeadlines = ConnectingDeadlines(), logger: Logger
    ) {
        self.certificateAuthorities = certificateAuthorities
        self.deadlines = deadlines
        self.connecting = connecting
        self.logger = logger
        lookUp = { try await network.addresses(of: $0.host, port: $0.port) }
    }

    public func session(_ access: MailboxAccess) -> MailboxSession {
        let settings = access.settings
        let host = settings.servers?.imap.host ?? ""
        return MailboxSession(
            source: IMAPMailSource(host: host, account: settings.loginName, logger: logger) {
                // A server that says something now and then is never silent, and would be waited for without end.
                try await within(connecting.imap) {
                    try await open(settings, try servers(of: settings).imap, password: access.credentials)
                }
            })
    }

    private func servers(of settings: MailboxSettings) throws -> MailServers {
        guard let servers = settings.servers else {
            throw SourceError.misconfigured(
                "It is not known where this mailbox is. Disconnect it and connect it again.")
        }
        return servers
    }

    /// What a host's name means, so that all of it is tried in a time that a person waits.
    private func addresses(of server: ServerEndpoint) async throws -> [SocketAddress] {
        Array(try await lookUp(server).prefix(Self.addressLimit))
    }

    /// Connects and signs in.
    private func open(
        _ settings: MailboxSettings, _ server: ServerEndpoint, password: Secret<String>
    ) async throws -> IMAPConnection {
        let connection = try await reaching(try await addresses(of: server)) { address in
            try await IMAPConnection.connect(
                to: IMAPEndpoint(
                    host: server.host, addresses: [address], security: IMAPEndpoint.Security(server.security),
                    furtherTrustRoots: certificateAuthorities.map { .file($0) }),
                deadlines: deadlines, logger: logger)
        } isUnreachable: { error in
            switch error as? IMAPError {
            case .connectFailed, .connectTimedOut: true
            default: false
            }
        }
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
        guard let servers = settings.servers else {
            let refusal = ServerTrial.refused(
                TrialRefusal(cause: .other, sentence: "No server is named.", advice: "Enter the names of both servers.")
            )
            return ConnectionTrial(imap: refusal, smtp: refusal)
        }
        async let imap = tryIMAP(settings, servers.imap, password: password)
        async let smtp = trySMTP(settings, servers.smtp, password: password)
        return await ConnectionTrial(imap: imap, smtp: smtp)
    }

    private func tryIMAP(
        _ settings: MailboxSettings, _ server: ServerEndpoint, password: Secret<String>
    ) async -> ServerTrial {
        do {
            try await within(connecting.imap) {
                let connection = try await open(settings, server, password: password)
                do {
                    // Exchange lets strangers in and refuses every command.
                    _ = try await connection.list()
                } catch {
                    await connection.close()
                    throw error
                }
                await connection.logout()
            }
            return .accepted
        } catch {
            logger.info("IMAP trial failed", metadata: ["host": "\(server.host)", "error": "\(error)"])
            return .refused(TrialRefusal(error, server: server, of: .imap))
        }
    }

    private func trySMTP(
        _ settings: MailboxSettings, _ server: ServerEndpoint, password: Secret<String>
    ) async -> ServerTrial {
        do {
            try await SMTPCheck.run(
                endpoint: SMTPEndpoint(
                    host: server.host, port: server.port, security: SMTPEndpoint.Security(server.security),
                    addresses: addresses(of: server)),
                credentials: .password(user: settings.loginName, password: password.expose()),
                furtherTrustRoots: certificateAuthorities.map { .file($0) },
                deadline: connecting.smtp, group: MultiThreadedEventLoopGroup.singleton, logger: logger)
            return .accepted
        } catch {
            logger.info("SMTP trial failed", metadata: ["host": "\(server.host)", "error": "\(error)"])
            return .refused(TrialRefusal(error, server: server, of: .smtp))
        }
    }
}

/// How long it may take as a whole until a mailbox is connected, whatever the servers say meanwhile. A person may wait for
/// it.
public struct ConnectingDeadlines: Sendable {
    /// To connect and sign in; where settings are tried, to list the folders as well.
    public var imap: Duration = .seconds(60)
    public var smtp: Duration = .seconds(40)

    public init() {}
}

/// Tries the addresses of a host one after the other. Another address of the same host may answer; one that answered
/// wrongly is not made better by another.
private func reaching<Result>(
    _ addresses: [SocketAddress], _ connect: (SocketAddress) async throws -> Result,
    isUnreachable: (any Error) -> Bool
) async throws -> Result {
    var failure: any Error = IMAPError.connectFailed("the host has no address")
    for address in addresses {
        try Task.checkCancellation()
        do { return try await connect(address) } catch  where isUnreachable(error) { failure = error }
    }
    throw failure
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
