extension KnownProviders {
    /// France, Italy, Spain, the Low Countries and the north.
    static let western: [KnownProvider] = [
        KnownProvider(
            id: "aruba", name: "Aruba", domains: ["aruba.it"], imap: .imap("imaps.aruba.it"),
            smtp: .smtp("smtps.aruba.it")),
        KnownProvider(
            id: "aruba-pec", name: "Aruba PEC",
            domains: ["pec.it", "arubapec.it", "mypec.eu", "gigapec.it", "ingpec.eu"],
            imap: .imap("imaps.pec.aruba.it"), smtp: .smtp("smtps.pec.aruba.it")),
        KnownProvider(
            id: "dondominio", name: "DonDominio", domains: ["dondominio.com"], imap: .imap("imap.dondominio.com"),
            smtp: .smtp("smtp.dondominio.com")),
        KnownProvider(
            id: "gandi", name: "Gandi", domains: ["gandi.net"], imap: .imap("mail.gandi.net"),
            smtp: .smtp("mail.gandi.net")),
        KnownProvider(
            id: "gigahost", name: "Gigahost", domains: ["gigahost.dk"], imap: .imap("mail.gigahost.dk"),
            smtp: .submission("smtp.gigahost.dk")),
        KnownProvider(
            id: "loopia", name: "Loopia", domains: ["loopia.se"], imap: .imap("mailcluster.loopia.se"),
            smtp: .smtp("mailcluster.loopia.se")),
        KnownProvider(
            id: "mailfence", name: "Mailfence", domains: ["mailfence.com"], imap: .imap("imap.mailfence.com"),
            smtp: .smtp("smtp.mailfence.com"),
            appPasswordNote:
                "IMAP needs a paid plan. With two-step verification on, make a password for external programs in the settings."
        ),
        KnownProvider(
            id: "migadu", name: "Migadu", domains: ["migadu.com"], imap: .imap("imap.migadu.com"),
            smtp: .smtp("smtp.migadu.com")),
        KnownProvider(
            id: "one-com", name: "one.com", domains: ["one.com"], imap: .imap("imap.one.com"),
            smtp: .smtp("send.one.com")),
        KnownProvider(
            id: "ovhcloud", name: "OVHcloud", domains: ["ovh.net"], imap: .imap("ssl0.ovh.net"),
            smtp: .smtp("ssl0.ovh.net"),
            appPasswordNote:
                "These are the servers of MX Plan; Email Pro and Exchange name theirs in the OVHcloud control panel."),
        KnownProvider(
            id: "poste-cert", name: "PosteCert", domains: ["postecert.it"], imap: .imap("mail.postecert.it"),
            smtp: .smtp("mail.postecert.it")),
        KnownProvider(
            id: "runbox", name: "Runbox", domains: ["runbox.com"], imap: .imap("mail.runbox.com"),
            smtp: .smtp("mail.runbox.com"),
            appPasswordNote: "With two-step verification on, make an app password under Account Security."),
        KnownProvider(
            id: "soverin", name: "Soverin", domains: ["soverin.net"], imap: .imap("imap.soverin.net"),
            smtp: .smtp("smtp.soverin.net")),
        KnownProvider(
            id: "transip", name: "TransIP", domains: ["transip.email"], imap: .imap("imap.transip.email"),
            smtp: .smtp("smtp.transip.email")),
        KnownProvider(
            id: "webhuset", name: "Webhuset", domains: ["webhuset.no"], imap: .imap("imap.webhuset.no"),
            smtp: .smtp("smtp.webhuset.no")),
    ]
}
