import CRM
import IMAP
import IMAPProvider
import Mirror
import ScriptedServer
import Store
import SyncEngine

/// Trying settings, as a person does who connects a mailbox.
enum Connecting {
    /// - Parameter smtp: nil for a submission server that accepts.
    static func trial(
        imap port: Int, host: String = "127.0.0.1", security: TransportSecurity = .cleartext,
        deadlines: IMAPDeadlines = .short, connecting: ConnectingDeadlines = ConnectingDeadlines(),
        certificateAuthorities: String? = nil
    ) async throws -> ConnectionTrial {
        let submission = try await ScriptedSubmission.start()
        var settings = MailboxSettings.loopback(imap: port, smtp: submission.port)
        settings.servers?.imap.host = host
        settings.servers?.imap.security = security
        let provider = IMAPMailProvider.incidents(
            deadlines, connecting: connecting, certificateAuthorities: certificateAuthorities)
        let trial = await provider.trial(settings, password: Secret("secret"))
        await submission.stop()
        return trial
    }

    /// What the IMAP server was refused for; nil when it was accepted.
    static func refusal(
        imap port: Int, host: String = "127.0.0.1", security: TransportSecurity = .cleartext,
        deadlines: IMAPDeadlines = .short, connecting: ConnectingDeadlines = ConnectingDeadlines(),
        certificateAuthorities: String? = nil
    ) async throws -> TrialRefusal? {
        let trial = try await trial(
            imap: port, host: host, security: security, deadlines: deadlines, connecting: connecting,
            certificateAuthorities: certificateAuthorities)
        if case .refused(let refusal) = trial.imap { return refusal }
        return nil
    }
}

extension RunningMirror {
    func signInAgain(imap: Int, smtp: Int, password: String) async throws {
        let draft = MailboxDraft(
            settings: .loopback(imap: imap, smtp: smtp), password: Secret(password), provider: "imap")
        try await engine.signInAgain(draft, mailbox: mailbox, organization: organization)
    }

    /// Another user of the organisation connects a mailbox.
    func connect(_ address: String, imap: Int, smtp: Int, as user: UserID) async throws -> MailboxID {
        let draft = MailboxDraft(
            settings: .loopback(imap: imap, smtp: smtp, address: address), password: Secret("secret"), provider: "imap")
        return try await engine.connect(draft, organization: organization, user: user)
    }

    func addUser(_ address: String) async throws -> UserID {
        let organization = organization
        return try await database.write { tx in
            var form = UserForm()
            form.name = address
            form.email = address
            return try Users.create(tx, organization, try form.validated(), passwordHash: nil, now: 1)
        }
    }
}
