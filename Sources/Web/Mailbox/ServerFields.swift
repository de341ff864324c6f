import CRM
import Mirror
import Wording

/// The fields for servers and password, with what each server said.
struct ServerFields: Sendable {
    let address: String
    let userName: Field
    let userNameHint: Phrase
    /// Where to find the names of the servers.
    let hostHint: Phrase?
    let passwordProblem: Phrase?
    let imap: ServerField
    let smtp: ServerField
    /// The servers are laid open: they have to be entered, or one of them said no.
    let showsServers: Bool
    let appPasswordPage: String?
    let appPasswordNote: Phrase?
    let providerName: String

    init(
        _ form: ServerForm, _ provider: ProviderChoice, _ problems: ServerForm.Problems = .init(),
        trial: ConnectionTrial? = nil
    ) {
        address = form.address
        userName = Field("user-name", form.userName, nil)
        userNameHint = provider.userNameHint ?? "Only where it differs from the address."
        hostHint = provider.hostHint
        let refusal = trial.flatMap { $0.imap.passwordRefusal ?? $0.smtp.passwordRefusal }
        // What both servers say of the password stands beside it, not three times on the page.
        let shown = trial.flatMap { $0.imap.passwordRefusal != nil && $0.smtp.passwordRefusal != nil ? nil : $0 }
        passwordProblem =
            problems.password ?? refusal.map { .sentences([$0.sentence, $0.advice]) }
            ?? (trial == nil ? nil : "Enter the password again: it is not kept before it works.")
        imap = ServerField(
            "imap", "IMAP", "to read your mail", form.imap, host: problems.imapHost, port: problems.imapPort,
            shown?.imap)
        smtp = ServerField(
            "smtp", "SMTP", "to send from your address", form.smtp, host: problems.smtpHost, port: problems.smtpPort,
            shown?.smtp)
        let onlyPassword = problems.isEmpty || problems.password != nil && imap.isSound && smtp.isSound
        showsServers = provider.needsServers || trial != nil && refusal == nil || !onlyPassword
        // Also where somebody has entered a known provider's servers by hand.
        let byHost = ProviderCatalogue.provider(at: form.imap.host, port: Int(form.imap.port) ?? 0)
        let known = provider.isCustom ? byHost ?? provider : provider
        appPasswordPage = known.appPasswordPage
        appPasswordNote = known.appPasswordNote
        providerName = known.name
    }
}

/// One server's fields.
struct ServerField: Sendable {
    let id: String
    let name: String
    let purpose: Phrase
    let host: Field
    let port: Field
    let securities: [Choice]
    /// What went wrong with this server, and what to do about it.
    let refusal: Refusal?
    /// It let us in, while the other did not.
    let isAccepted: Bool

    struct Refusal: Sendable {
        let sentence: Phrase
        let advice: Phrase
    }

    init(
        _ id: String, _ name: String, _ purpose: Phrase, _ server: ServerForm.Server, host: Phrase?, port: Phrase?,
        _ trial: ServerTrial?
    ) {
        self.id = id
        self.name = name
        self.purpose = purpose
        self.host = Field(id + "-host", server.host, host)
        self.port = Field(id + "-port", server.port, port)
        let kinds: [(TransportSecurity, Phrase)] = [
            (.tls, .verbatim("TLS")), (.startTLS, .verbatim("STARTTLS")), (.cleartext, "None (this computer only)"),
        ]
        securities = kinds.map { Choice($0.rawValue, $1, isChosen: $0 == server.security) }
        refusal = if case .refused(let why) = trial { Refusal(sentence: why.sentence, advice: why.advice) } else { nil }
        isAccepted = trial == .accepted
    }

    var isSound: Bool { host.problem == nil && port.problem == nil }
}

extension ServerTrial {
    /// The server was reached, and the password is what it minds.
    var passwordRefusal: TrialRefusal? {
        guard case .refused(let why) = self else { return nil }
        return why.cause == .passwordRefused || why.cause == .applicationPasswordRequired ? why : nil
    }
}
