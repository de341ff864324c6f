extension KnownProviders {
    /// Czechia and Slovakia.
    static let central: [KnownProvider] = [
        KnownProvider(
            id: "active24", name: "ACTIVE 24", domains: ["active24.com", "smtp.cz"], imap: .imap("email.active24.com"),
            smtp: .smtp("email.active24.com")),
        KnownProvider(
            id: "cesky-hosting", name: "Český hosting", domains: ["thinline.cz"], imap: .imap("mail.cesky-hosting.cz"),
            smtp: .smtp("smtp.cesky-hosting.cz")),
        KnownProvider(
            id: "g-hosting", name: "G-Hosting", domains: ["gransy.com", "internetserver.cz"],
            imap: .imap("imap.gransy.com"),
            smtp: .smtp("smtp.gransy.com")),
        KnownProvider(
            id: "registrator", name: "Registrator.cz", domains: ["one.cz"], imap: .imap("imap.registrator.cz"),
            smtp: .submission("smtp.registrator.cz")),
        KnownProvider(
            id: "websupport", name: "WebSupport", domains: ["websupport.sk"], imap: .imap("imap.websupport.sk"),
            smtp: .smtp("smtp.websupport.sk")),
    ]
}
