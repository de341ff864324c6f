/// The real servers that the mirror is held against.
public enum ServerKind: String, CaseIterable, Sendable {
    case dovecot, dovecotMinimal, cyrus
}

/// One of them, running on loopback.
public enum MailServer: Sendable {
    case dovecot(DovecotServer)
    case cyrus(CyrusServer)

    public static func start(_ kind: ServerKind, users: [MailUser]) async throws -> MailServer {
        switch kind {
        case .dovecot: .dovecot(try await DovecotServer.start(users: users))
        case .dovecotMinimal: .dovecot(try await DovecotServer.start(profile: .minimal, users: users))
        case .cyrus: .cyrus(try await CyrusServer.start(users: users))
        }
    }

    public var imapPort: Int {
        switch self {
        case .dovecot(let server): server.imapPort
        case .cyrus(let server): server.imapPort
        }
    }

    public func connect(as user: MailUser) async throws -> RawIMAP {
        switch self {
        case .dovecot(let server): try await server.connect(as: user)
        case .cyrus(let server): try await server.connect(as: user)
        }
    }

    public func deliver(_ message: [UInt8], to recipient: String) async throws {
        switch self {
        case .dovecot(let server): try await server.deliver(message, to: recipient)
        case .cyrus(let server): try await server.deliver(message, to: recipient)
        }
    }

    public func stop() async {
        switch self {
        case .dovecot(let server): await server.stop()
        case .cyrus(let server): await server.stop()
        }
    }
}
