import CRM
import Discovery
import Mirror
import Wording

/// What a person enters to reach a mailbox, and the rules for it.
struct ServerForm: Sendable {
    var address = ""
    var userName = ""
    var imap = Server()
    var smtp = Server()

    struct Server: Sendable {
        var host = ""
        var port = ""
        var security = TransportSecurity.tls
    }

    /// What is wrong with the fields, each by its name on the page.
    struct Problems: Error, Sendable {
        var password: Phrase?
        var imapHost: Phrase?
        var imapPort: Phrase?
        var smtpHost: Phrase?
        var smtpPort: Phrase?

        var isEmpty: Bool { [password, imapHost, imapPort, smtpHost, smtpPort].allSatisfy { $0 == nil } }
    }

    /// What a provider, or the domain of the address, makes likely.
    init(address: String, _ provider: ProviderChoice) {
        self.address = address
        if let known = provider.known {
            imap = Server(known.imap)
            smtp = Server(known.smtp)
            let name = known.userName(for: address) ?? ""
            userName = name == address ? "" : name
        } else {
            let domain = address.split(separator: "@").last.map { String($0).lowercased() } ?? ""
            imap = Server(host: "imap." + domain, port: "993", security: .tls)
            smtp = Server(host: "smtp." + domain, port: "465", security: .tls)
        }
    }

    init(_ settings: MailboxSettings) {
        address = settings.address
        userName = settings.userName ?? ""
        if let servers = settings.servers {
            imap = Server(servers.imap)
            smtp = Server(servers.smtp)
        }
    }

    init(_ fields: FormFields) {
        address = fields["address"].trimmed
        userName = fields["user-name"].trimmed
        imap = Server(fields, "imap")
        smtp = Server(fields, "smtp")
    }

    /// - Throws: every problem at once.
    func validated(password: String) throws(Problems) -> MailboxSettings {
        var problems = Problems()
        if password.isEmpty { problems.password = "Enter the password of this mailbox." }
        let imapEnd = imap.endpoint(&problems.imapHost, &problems.imapPort, "IMAP")
        let smtpEnd = smtp.endpoint(&problems.smtpHost, &problems.smtpPort, "SMTP")
        guard problems.isEmpty, let imapEnd, let smtpEnd else { throw problems }
        return MailboxSettings(
            address: address, userName: userName.isEmpty || userName == address ? nil : userName, imap: imapEnd,
            smtp: smtpEnd)
    }
}

extension ServerForm.Server {
    init(_ endpoint: ServerEndpoint) {
        self.init(host: endpoint.host, port: String(endpoint.port), security: endpoint.security)
    }

    init(_ known: KnownServer) {
        let security: TransportSecurity = known.security == .tls ? .tls : .startTLS
        self.init(host: known.host ?? "", port: String(known.port), security: security)
    }

    init(_ fields: FormFields, _ name: String) {
        self.init(
            host: fields[name + "-host"].trimmed, port: fields[name + "-port"].trimmed,
            security: TransportSecurity(rawValue: fields[name + "-security"]) ?? .tls)
    }

    fileprivate func endpoint(
        _ hostProblem: inout Phrase?, _ portProblem: inout Phrase?, _ kind: String
    ) -> ServerEndpoint? {
        if host.isEmpty {
            hostProblem = "Enter the name of the \(kind) server. Your provider or administrator knows it."
        } else if host.utf8.count > 253 || host.contains(where: { $0.isWhitespace || "/@:\\".contains($0) }) {
            hostProblem = "“\(host.prefix(80))” is not the name of a server. Write it like mail.company.com."
        }
        guard let number = Int(port), (1...65_535).contains(number) else {
            portProblem = "The port is a number from 1 to 65535; your provider names it."
            return nil
        }
        return hostProblem == nil ? ServerEndpoint(host: host, port: number, security: security) : nil
    }
}
