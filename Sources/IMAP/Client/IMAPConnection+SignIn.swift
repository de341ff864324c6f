extension IMAPConnection {
    /// Signs in by the best way that the server offers, learns the capabilities that hold from then on, and switches on
    /// what we use.
    /// - Throws: ``IMAPError/signInRefused(_:)`` with what the refusal means.
    public func signIn(_ credentials: IMAPCredentials) async throws {
        if session.state == .notAuthenticated {
            let methods = SignInMethod.offered(for: credentials, by: session)
            guard let method = methods.first else {
                if session.can(.loginDisabled) { throw IMAPError.signInRefused(.privacyRequired("LOGINDISABLED")) }
                throw IMAPError.noSignInMethod
            }
            session.forgetCapabilities()
            do {
                let status = try await method == .loginCommand ? login(credentials) : authenticate(method, credentials)
                guard status.status == .ok else {
                    throw IMAPError.signInRefused(
                        SignInRefusal(status: status.status, code: status.code?.name, text: status.text))
                }
            } catch IMAPError.closed(let words?) where session.farewell != nil {
                throw IMAPError.signInRefused(SignInRefusal(status: nil, code: nil, text: words))
            }
            session.signedIn()
        }
        if !session.knowsCapabilities { try await askCapabilities() }
        try await identify()
        try await enable()
    }

    private func authenticate(_ method: SignInMethod, _ credentials: IMAPCredentials) async throws -> StatusResponse {
        var messages = method.messages(credentials, host: endpoint.host, port: endpoint.addresses.first?.port ?? 0)[...]
        var line = "AUTHENTICATE \(method.mechanism)"
        // RFC 4959. LOGIN has no initial response. Long ones are sent apart: servers limit the line.
        if sendsInitialResponse, method != .login, let first = messages.first, first.count < 1000 {
            messages.removeFirst()
            line += " " + (first.isEmpty ? "=" : Base64Text.encode(first))
        }
        var isAcknowledged = false
        let tag = session.makeTag()
        write(Array("\(tag) \(line)\r\n".utf8))
        while true {
            switch try await next(silence: deadlines.signIn) {
            case .continuation:
                if let message = messages.popFirst() {
                    write(Array((Base64Text.encode(message) + "\r\n").utf8))
                } else {
                    guard !isAcknowledged else {
                        throw IMAPError.protocolViolation("\(method.mechanism) is asked for without end")
                    }
                    isAcknowledged = true
                    write(Array((Base64Text.encode(method.acknowledgement) + "\r\n").utf8))
                }
            case .tagged(tag, let status): return status
            default: continue
            }
        }
    }

    private var sendsInitialResponse: Bool { session.formerCapabilities.contains(.saslIR) }

    private func login(_ credentials: IMAPCredentials) async throws -> StatusResponse {
        guard case .password(let user, let password) = credentials else { throw IMAPError.noSignInMethod }
        var command = Command("LOGIN")
        command.isSecret = true
        command.append(string: Array(user.utf8))
        command.append(string: Array(password.utf8))
        do {
            return try await run(command, silence: deadlines.signIn)
        } catch IMAPError.refused(let refusal) {
            return StatusResponse(
                status: refusal.status, code: refusal.code.map { ResponseCode(name: $0, argument: "") },
                text: refusal.text)
        }
    }

    /// RFC 2971. Coremail (163.com) lets no mailbox be opened before it knows who asks.
    private func identify() async throws {
        guard session.can(.id) else { return }
        do {
            try await run(Command("ID", #"("name" "Mailcard")"#), silence: deadlines.signIn)
        } catch IMAPError.refused {}
    }

    /// RFC 5161. QRESYNC comes with CONDSTORE (RFC 7162, section 3.2.3).
    private func enable() async throws {
        guard session.can(.enable) else { return }
        let wanted = [Capability.qresync, .utf8Accept].filter(session.can)
        guard !wanted.isEmpty else { return }
        do {
            try await run(Command("ENABLE", wanted.map(\.rawValue).joined(separator: " ")), silence: deadlines.signIn)
        } catch IMAPError.refused {}
    }
}
