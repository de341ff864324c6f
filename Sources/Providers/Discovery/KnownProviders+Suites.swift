extension KnownProviders {
    /// Connected with a sign-in at the provider; the servers are here for those who use passwords all the same.
    static let suites: [KnownProvider] = [
        KnownProvider(
            id: "microsoft365", name: "Microsoft 365",
            domains: ["onmicrosoft.com", "office365.com"],
            imap: .imap("outlook.office365.com"), smtp: .submission("smtp.office365.com"),
            appPasswordNote: "Microsoft no longer accepts passwords for IMAP; a sign-in at Microsoft is needed.",
            kind: .microsoft365),
        KnownProvider(
            id: "google", name: "Google Workspace", domains: ["gmail.com", "googlemail.com"],
            imap: .imap("imap.gmail.com"), smtp: .smtp("smtp.gmail.com"),
            appPasswordPage: "https://myaccount.google.com/apppasswords",
            appPasswordNote:
                "Google accepts only app passwords for IMAP. They can be made once two-step verification is on and the administrator allows them.",
            kind: .google),
    ]
}
