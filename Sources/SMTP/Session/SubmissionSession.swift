/// The talk with a submission server up to the proof that these credentials are accepted: greeting, EHLO, STARTTLS
/// where asked for, EHLO again, AUTH, QUIT (RFC 6409, 5321, 3207, 4954).
///
/// Octets go in, actions come out; it knows no sockets and no clock. It always waits for the answer before it says
/// more, and takes anything beyond that answer as a violation.
struct SubmissionSession {
    enum Action: Equatable {
        /// Nothing to do until more comes.
        case wait
        case send(String)
        /// Begin the TLS handshake now, before another octet is read, then call ``tlsEstablished()``.
        case startTLS
        /// Close the connection; nothing follows.
        case finish(Result<Void, SMTPError>)

        static func == (one: Action, other: Action) -> Bool {
            switch (one, other) {
            case (.wait, .wait), (.startTLS, .startTLS), (.finish(.success), .finish(.success)): true
            case (.send(let one), .send(let other)): one == other
            case (.finish(.failure(let one)), .finish(.failure(let other))): one == other
            default: false
            }
        }
    }

    private enum State: Equatable {
        case greeting
        case hello
        case fallenBackToHello
        case startTLS
        case tlsHandshake
        case authentication(SASLExchange)
        case quit
        case finished
    }

    let security: SMTPEndpoint.Security
    let credentials: SMTPCredentials
    /// How the client names itself to the server: a host name, or an address literal such as `[192.0.2.1]`.
    let clientName: String

    private var state: State
    private var parser = ReplyParser()
    private var isProtected: Bool
    private var extensions = ServiceExtensions.none
    private var triedMechanisms: Set<SASLMechanism> = []

    /// - Parameter security: with `tls`, the session begins in the handshake.
    init(security: SMTPEndpoint.Security, credentials: SMTPCredentials, clientName: String) {
        self.security = security
        self.credentials = credentials
        self.clientName = clientName
        isProtected = security == .tls
        state = security == .tls ? .tlsHandshake : .greeting
    }

    var stage: SMTPStage {
        switch state {
        case .greeting: .greeting
        case .hello, .fallenBackToHello: .hello
        case .startTLS: .startTLS
        case .tlsHandshake: .tlsHandshake
        case .authentication: .authentication
        case .quit, .finished: .quit
        }
    }

    // MARK: What happens to it

    /// Octets came. Call ``next()`` until it waits.
    mutating func received(_ bytes: some Sequence<UInt8>) { parser.append(bytes) }

    /// The TLS handshake is done and the certificate is verified.
    mutating func tlsEstablished() -> Action {
        guard state == .tlsHandshake else { return .wait }
        guard security == .startTLS else {
            state = .greeting
            return .wait
        }
        // What was offered before the handshake may have been written by anybody (RFC 3207, section 4.2).
        isProtected = true
        extensions = .none
        return hello()
    }

    /// The connection failed, the server closed it, or the time is over. Once signed in none of these matters.
    mutating func ended(_ error: SMTPError) -> Action {
        switch state {
        case .finished: return .wait
        case .quit: return finish(.success(()))
        default: return finish(.failure(error))
        }
    }

    /// What the octets received so far lead to.
    mutating func next() -> Action {
        guard state != .finished, state != .tlsHandshake else { return .wait }
        do throws(ProtocolViolation) {
            guard let reply = try parser.next() else { return .wait }
            guard state == .quit || parser.isEmpty else { throw .unrequestedBytes(stage) }
            return try replied(reply)
        } catch {
            return ended(.protocolViolation(error))
        }
    }

    // MARK: Replies

    private mutating func replied(_ reply: SMTPReply) throws(ProtocolViolation) -> Action {
        if case .authentication(let exchange) = state { return try authenticationReplied(reply, exchange) }
        if state == .quit { return finish(.success(())) }
        if reply.kind == .transientNegative { return finish(.failure(.temporarilyUnavailable(stage, reply))) }
        switch (state, reply.code) {
        case (.greeting, 220): return hello()
        case (.hello, 250):
            extensions = ServiceExtensions(reply)
            return helloAnswered()
        case (.hello, 500), (.hello, 502), (.hello, 504):
            state = .fallenBackToHello
            return .send("HELO \(clientName)\r\n")
        case (.fallenBackToHello, 250): return helloAnswered()
        case (.startTLS, 220):
            state = .tlsHandshake
            return .startTLS
        case (.startTLS, 500...504): return finish(.failure(.startTLSNotOffered))
        default:
            guard reply.kind == .permanentNegative else { throw .unexpectedReply(stage, code: reply.code) }
            return finish(.failure(.refused(stage, reply)))
        }
    }

    private mutating func hello() -> Action {
        state = .hello
        return .send("EHLO \(clientName)\r\n")
    }

    private mutating func helloAnswered() -> Action {
        guard security == .startTLS, !isProtected else { return authenticate() }
        guard extensions.offersStartTLS else { return finish(.failure(.startTLSNotOffered)) }
        state = .startTLS
        return .send("STARTTLS\r\n")
    }

    // MARK: Authentication

    private mutating func authenticate() -> Action {
        guard credentials.isWellFormed else { return finish(.failure(.credentialsMalformed)) }
        let offered = extensions.authenticationMechanisms ?? []
        let usable = credentials.mechanisms.first { offered.contains($0.rawValue) && !triedMechanisms.contains($0) }
        guard let mechanism = usable else {
            return finish(.failure(.authenticationNotOffered(mechanisms: offered)))
        }
        triedMechanisms.insert(mechanism)
        let exchange = SASLExchange(mechanism, credentials)
        state = .authentication(exchange)
        return .send(exchange.command)
    }

    private mutating func authenticationReplied(_ reply: SMTPReply, _ exchange: SASLExchange) throws(ProtocolViolation)
        -> Action
    {
        switch reply.kind {
        case .positiveCompletion where reply.code == 235:
            state = .quit
            return .send("QUIT\r\n")
        case .positiveIntermediate where reply.code == 334:
            var exchange = exchange
            guard let response = exchange.respond() else { throw .unexpectedReply(.authentication, code: reply.code) }
            state = .authentication(exchange)
            return .send(response)
        case .permanentNegative where reply.code == 504:
            // The mechanism is not known after all; the credentials have not been judged.
            return authenticate()
        case .permanentNegative where [500, 502, 503].contains(reply.code):
            // Announced and not there: these speak of the command, not of the credentials.
            let offered = extensions.authenticationMechanisms ?? []
            return finish(.failure(.authenticationNotOffered(mechanisms: offered)))
        case .transientNegative, .permanentNegative:
            return finish(.failure(SignInRefusal.error(for: reply)))
        default:
            throw .unexpectedReply(.authentication, code: reply.code)
        }
    }

    private mutating func finish(_ result: Result<Void, SMTPError>) -> Action {
        state = .finished
        return .finish(result)
    }
}
