import CRM
import FakeMailbox
import Mirror

/// Lets everyone in whose password is "right"; "wrong" is refused, "no-smtp" lets in to IMAP only.
struct FakeMailProvider: PasswordMailProvider {
    let mailbox: FakeMailbox

    func trial(_ settings: MailboxSettings, password: Secret<String>) async -> ConnectionTrial {
        switch password.expose() {
        case "right": ConnectionTrial(imap: .accepted, smtp: .accepted)
        case "no-smtp":
            ConnectionTrial(
                imap: .accepted,
                smtp: .refused(
                    TrialRefusal(cause: .portClosed, sentence: "Nothing answers there.", advice: "Try port 587.")))
        default:
            ConnectionTrial(imap: .refused(Self.refusal), smtp: .refused(Self.refusal))
        }
    }

    private static let refusal = TrialRefusal(
        cause: .passwordRefused, sentence: "The server refused the password.", advice: "Enter it again.")

    func session(_ access: MailboxAccess) -> MailboxSession {
        MailboxSession(source: FakeMailSource(mailbox, pageSize: 20))
    }
}

/// A message from one address, or "Name <address>", to others.
func letter(
    _ id: String, from: String, to: [String], cc: [String] = [], bcc: [String] = [], subject: String,
    at: Int64 = 1_789_000_000,
    answering: String? = nil, text: String = "Hello."
) -> FakeMailbox.Message {
    FakeMailbox.Message(
        headers: MessageHeaders(
            from: [header(from)], to: to.map(header), cc: cc.map(header), bcc: bcc.map(header),
            subject: Array(subject.utf8),
            messageID: Array("<\(id)>".utf8), inReplyTo: answering.map { Array("<\($0)>".utf8) } ?? []),
        internalDate: at, text: text)
}

private func header(_ address: String) -> HeaderAddress {
    let pieces = address.split(separator: " <", maxSplits: 1)
    let name = pieces.count > 1 ? Array(pieces[0].utf8) : nil
    let parts = (pieces.last ?? "").filter { $0 != ">" }.split(separator: "@", maxSplits: 1)
    return HeaderAddress(name: name, localPart: Array(parts[0].utf8), domain: Array(parts[1].utf8))
}
