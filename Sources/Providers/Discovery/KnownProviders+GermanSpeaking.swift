extension KnownProviders {
    /// Germany, Austria, Switzerland.
    static let germanSpeaking: [KnownProvider] =
        [
            KnownProvider(
                id: "1und1", name: "1&1",
                domains: ["online.de", "onlinehome.de", "sofortstart.de", "sofortsurf.de", "go4more.de"],
                imap: .imap("imap.1und1.de"), smtp: .smtp("smtp.1und1.de")),
            KnownProvider(
                id: "all-inkl", name: "ALL-INKL.COM", domains: ["kasserver.com"], imap: .imap(nil), smtp: .smtp(nil),
                hostHint:
                    "Each customer has a server name of their own, such as w0123456.kasserver.com; it stands in the customer area under Email."
            ),
            KnownProvider(id: "cyon", name: "cyon", imap: .imap("mail.cyon.ch"), smtp: .smtp("mail.cyon.ch")),
            KnownProvider(
                id: "domainfactory", name: "domainFACTORY", domains: ["ispgateway.de"], imap: .imap("sslin.df.eu"),
                smtp: .smtp("sslout.df.eu")),
            KnownProvider(
                id: "hetzner", name: "Hetzner", domains: ["your-server.de"], imap: .imap("mail.your-server.de"),
                smtp: .smtp("mail.your-server.de")),
            KnownProvider(
                id: "hostpoint", name: "Hostpoint", imap: .imap("imap.mail.hostpoint.ch"),
                smtp: .smtp("asmtp.mail.hostpoint.ch")),
            KnownProvider(
                id: "infomaniak", name: "Infomaniak", domains: ["ik.me", "ikmail.com", "etik.com"],
                imap: .imap("mail.infomaniak.com"), smtp: .smtp("mail.infomaniak.com"),
                appPasswordNote:
                    "Use the password of the address or of a device, not the one of the Infomaniak account."),
            KnownProvider(
                id: "ipax", name: "IPAX", domains: ["ipax.at"], imap: .imap("mail.ipax.at"), smtp: .smtp("mail.ipax.at")
            ),
            KnownProvider(
                id: "kolab-now", name: "Kolab Now", domains: ["kolabnow.com"], imap: .imap("imap.kolabnow.com"),
                smtp: .smtp("smtp.kolabnow.com")),
            KnownProvider(
                id: "mailbox-org", name: "mailbox.org", domains: ["mailbox.org"], imap: .imap("imap.mailbox.org"),
                smtp: .smtp("smtp.mailbox.org"),
                appPasswordNote:
                    "With two-step verification on, make an application password in the settings under Security."),
            KnownProvider(
                id: "posteo", name: "Posteo",
                domains: ["posteo.de", "posteo.net", "posteo.eu", "posteo.at", "posteo.ch", "posteo.org"],
                imap: .imap("posteo.de"), smtp: .smtp("posteo.de")),
            KnownProvider(
                id: "proton-bridge", name: "Proton Mail Bridge",
                domains: ["proton.me", "protonmail.com", "protonmail.ch", "pm.me"],
                imap: KnownServer(host: "127.0.0.1", port: 1143, security: .startTLS),
                smtp: KnownServer(host: "127.0.0.1", port: 1025, security: .startTLS),
                appPasswordNote:
                    "Proton Mail Bridge must run on the computer that Mailcard runs on, and that computer must trust the certificate that Bridge exports in its settings. Use the password that Bridge shows."
            ),
            KnownProvider(
                id: "strato", name: "STRATO", domains: ["strato.de", "rzone.de"], imap: .imap("imap.strato.de"),
                smtp: .smtp("smtp.strato.de")),
        ] + ionos

    /// One entry a country: the certificates and, for some contracts, the mailboxes differ.
    private static let ionos: [KnownProvider] = [
        ("ionos", "IONOS", ["kundenserver.de", "schlund.de"], "ionos.com"),
        ("ionos-de", "IONOS (Germany)", [], "ionos.de"), ("ionos-uk", "IONOS (United Kingdom)", [], "ionos.co.uk"),
        ("ionos-fr", "IONOS (France)", [], "ionos.fr"), ("ionos-es", "IONOS (Spain)", [], "ionos.es"),
        ("ionos-it", "IONOS (Italy)", [], "ionos.it"),
    ].map { id, name, domains, site in
        KnownProvider(id: id, name: name, domains: domains, imap: .imap("imap.\(site)"), smtp: .smtp("smtp.\(site)"))
    }
}
