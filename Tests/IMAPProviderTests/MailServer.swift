import CRM
import Mirror
import TestServers

extension MailServer {
    func settings(for user: MailUser) -> MailboxSettings {
        let imap = ServerEndpoint(host: "127.0.0.1", port: imapPort, security: .cleartext)
        var smtp = imap
        if case .dovecot(let server) = self { smtp.port = server.ports.submission }
        return MailboxSettings(address: user.address, imap: imap, smtp: smtp)
    }
}
