import Store

/// What the demo tells the person who started it.
struct Welcome {
    let company: Company
    let post: Post
    let port: Int
    let every: Int

    var text: String {
        let newcomer = company.newcomer.person
        let colleagues = company.connected.map(\.person.name)
        let ports = post.server.ports
        let rhythm =
            every > 0
            ? "A new one arrives every \(every) seconds, and two whenever you press Enter here."
            : "Two arrive whenever you press Enter here."
        return """

            Mailcard with the sample company \(company.name):   http://127.0.0.1:\(port)

              1. Sign in       \(newcomer.address)
                 password      \(company.signInPassword)

                 The mailboxes of \(Self.list(colleagues)) are connected already, so some contacts' cards show mail at once.

              2. Connect \(newcomer.firstName)’s own mailbox: Settings → Mailbox Sync → Synchronize now,
                 enter the address, Log in, and choose Custom IMAP settings

                 address       \(newcomer.address)
                 password      \(Post.password)
                 IMAP server   127.0.0.1   port \(ports.imap)   security: None
                 SMTP server   127.0.0.1   port \(ports.submission)   security: None

                 It holds \(post.counts[newcomer.address] ?? 0) messages besides drafts, spam and trash. Those exchanged with contacts appear on their cards while it is read.

                 Or choose Microsoft 365 there, which a sandbox on this machine plays: sign in with the same address and password,
                 accept, choose a calendar, and meetings and tasks marked “Show in my calendar” are written to it.

              3. Open a contact’s card and watch. \(rhythm)
            \(others)
            Control-C ends it all.

            """
    }

    /// What others see who sign in with the same password.
    private var others: String {
        guard let (seat, owner) = company.seat, let (member, customer) = company.confidant else { return "" }
        let (first, place) = (owner.person.firstName, "http://127.0.0.1:\(port)")
        return """

              4. Sign out, and see it as others do, with the same password

                 \(owner.person.address)
                 also has the mailbox of a sync-only user, \(seat.person.name) (\(seat.person.address)), in his settings.
                 \(member.person.firstName)’s conversation “\(Confidential.hiddenSubject)” with \(customer.person.name) is hidden: it stands on
                 \(place)/contacts/\(customer.contact) for \(first) only, not for those above him.

                 \(SampleCompany.administratorEmail)
                 is the administrator: Settings shows users, two levels of managers in the hierarchy, exclusions and the audit.
                 Emails with the excluded lawyers and human resources are on no card; \(first)’s mailbox page counts them.

            """
    }

    private static func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "nobody" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}
