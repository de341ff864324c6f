extension KnownProviders {
    static let worldwide: [KnownProvider] =
        [
            KnownProvider(
                id: "alibaba-mail", name: "Alibaba Mail", imap: .imap("imap.qiye.aliyun.com"),
                smtp: .smtp("smtp.qiye.aliyun.com"),
                appPasswordNote:
                    "If the administrator demands it, make a security password for third-party programs in the web mail's settings."
            ),
            KnownProvider(
                id: "dreamhost", name: "DreamHost", domains: ["dreamhost.com"], imap: .imap("imap.dreamhost.com"),
                smtp: .smtp("smtp.dreamhost.com")),
            KnownProvider(
                id: "fastmail", name: "Fastmail", domains: ["fastmail.com", "fastmail.fm", "messagingengine.com"],
                imap: .imap("imap.fastmail.com"), smtp: .smtp("smtp.fastmail.com"),
                appPasswordPage: "https://www.fastmail.help/hc/en-us/articles/360058752854-App-passwords",
                appPasswordNote: "Fastmail always asks for an app password, with access to mail (IMAP and SMTP)."),
            KnownProvider(
                id: "forward-email", name: "Forward Email", domains: ["forwardemail.net"],
                imap: .imap("imap.forwardemail.net"), smtp: .smtp("smtp.forwardemail.net"),
                appPasswordNote: "Use the password that was generated for the alias in the account's settings."),
            KnownProvider(
                id: "godaddy", name: "GoDaddy Professional Email", domains: ["secureserver.net"],
                imap: .imap("imap.secureserver.net"), smtp: .smtp("smtpout.secureserver.net"),
                appPasswordNote: "GoDaddy's email with Microsoft 365 is connected as Microsoft 365 instead."),
            KnownProvider(
                id: "hostinger", name: "Hostinger", imap: .imap("imap.hostinger.com"), smtp: .smtp("smtp.hostinger.com")
            ),
            KnownProvider(
                id: "hover", name: "Hover", domains: ["hover.com"], imap: .imap("mail.hover.com"),
                smtp: .smtp("mail.hover.com")),
            KnownProvider(
                id: "icloud", name: "iCloud Mail", domains: ["icloud.com", "me.com", "mac.com"],
                imap: .imap("imap.mail.me.com"),
                smtp: .submission("smtp.mail.me.com"),
                userName: .other(
                    hint:
                        "Enter your iCloud Mail address (…@icloud.com), also when the mailbox has a domain of its own."),
                appPasswordPage: "https://account.apple.com/account/manage",
                appPasswordNote: "Apple always asks for an app-specific password."),
            KnownProvider(
                id: "namecheap", name: "Namecheap Private Email", domains: ["privateemail.com"],
                imap: .imap("mail.privateemail.com"), smtp: .smtp("mail.privateemail.com")),
            KnownProvider(
                id: "purelymail", name: "Purelymail", domains: ["purelymail.com"], imap: .imap("imap.purelymail.com"),
                smtp: .smtp("smtp.purelymail.com"),
                appPasswordNote: "With two-step verification on, make an app password in the account's settings."),
            KnownProvider(
                id: "rackspace", name: "Rackspace Email", domains: ["emailsrvr.com"],
                imap: .imap("secure.emailsrvr.com"),
                smtp: .smtp("secure.emailsrvr.com")),
            KnownProvider(
                id: "tencent-exmail", name: "Tencent Exmail", domains: ["exmail.qq.com"],
                imap: .imap("imap.exmail.qq.com"),
                smtp: .smtp("smtp.exmail.qq.com"),
                appPasswordNote: "With secure login on, make a password for mail programs in the web mail's settings."),
            KnownProvider(
                id: "titan", name: "Titan", domains: ["titan.email"], imap: .imap("imap.titan.email"),
                smtp: .smtp("smtp.titan.email"),
                appPasswordNote:
                    "Third-party programs must be allowed in Titan's settings first. With two-step verification on, make an app password there."
            ),
            KnownProvider(
                id: "vk-workmail", name: "VK WorkMail (Mail.ru)", domains: ["mail.ru", "inbox.ru", "list.ru", "bk.ru"],
                imap: .imap("imap.mail.ru"), smtp: .smtp("smtp.mail.ru"),
                appPasswordPage: "https://account.mail.ru/user/2-step-auth/passwords",
                appPasswordNote: "Mail.ru always asks for a password for external programs."),
            KnownProvider(
                id: "yandex360", name: "Yandex 360",
                domains: [
                    "yandex.ru", "yandex.com", "yandex.net", "yandex.by", "yandex.kz", "yandex.ua", "ya.ru", "narod.ru",
                ], imap: .imap("imap.yandex.com"), smtp: .smtp("smtp.yandex.com"),
                appPasswordPage: "https://id.yandex.com/security/app-passwords",
                appPasswordNote:
                    "Allow IMAP under \"Email clients\" in Yandex Mail's settings, then make an app password for mail."),
        ] + zoho

    /// One entry a data centre: an account lives in one of them, and the others refuse its password. The servers are
    /// those for addresses with a domain of their own.
    private static let zoho: [KnownProvider] = [
        ("zoho", "Zoho Mail", ["zoho.com", "zohomail.com"], "zoho.com"),
        ("zoho-eu", "Zoho Mail (Europe)", ["zoho.eu", "zohomail.eu"], "zoho.eu"),
        ("zoho-in", "Zoho Mail (India)", ["zoho.in", "zohomail.in"], "zoho.in"),
        ("zoho-au", "Zoho Mail (Australia)", ["zoho.com.au", "zohomail.com.au"], "zoho.com.au"),
        ("zoho-jp", "Zoho Mail (Japan)", ["zoho.jp", "zohomail.jp"], "zoho.jp"),
        ("zoho-ca", "Zoho Mail (Canada)", ["zohocloud.ca", "zohomailcloud.ca"], "zohocloud.ca"),
    ].map { id, name, domains, site in
        KnownProvider(
            id: id, name: name, domains: domains, imap: .imap("imappro.\(site)"), smtp: .smtp("smtppro.\(site)"),
            appPasswordPage: "https://accounts.\(site)/home#security/app_password",
            appPasswordNote:
                "Allow IMAP in Zoho Mail's settings first. With two-step verification on, make an application-specific password."
        )
    }
}
