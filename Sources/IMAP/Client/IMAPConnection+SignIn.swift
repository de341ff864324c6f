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
        var exchange = Authentication(
            method, credentials, host: endpoint.host, port: endpoint.addresses.first?.port ?? 0, tag: session.makeTag(),
            sendsInitialResponse: session.formerCapabilities.contains(.saslIR))
        write(exchange.command)
        while true {
            switch exchange.received(try await next(silence: deadlines.signIn)) {
            case .send(let octets): write(octets)
            case .wait: continue
            case .completed(let status): return status
            case .failed(let error): throw error
            }
        }
    }

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
