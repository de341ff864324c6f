import Foundation
import Testing

@testable import Sandbox

@Suite
struct `The mailbox that services share` {
    private let now = Date(timeIntervalSince1970: 1_795_856_400)

    private func letter(_ number: Int) -> MailboxLetter {
        MailboxLetter(
            messageID: "<\(number)@customer.example>", subject: "Re: Letter",
            from: MailboxAddress("carl@customer.example"),
            sent: now, text: "Hello.")
    }

    @Test func `a deleted message lies in the trash and comes back to where it was`() throws {
        var mailbox = Mailbox()
        let projects = mailbox.createFolder("Projects")
        let id = mailbox.deliver(letter(1), to: projects, at: now)
        try mailbox.delete(id, at: now)
        #expect(mailbox.messages[id]?.folder == mailbox.folder(.deleted).id)
        try mailbox.restore(id, at: now)
        #expect(mailbox.messages[id]?.folder == projects)
    }

    @Test func `what was deleted for good is seen by nobody and still comes back to its folder`() throws {
        var mailbox = Mailbox()
        let inbox = mailbox.folder(.inbox).id
        let id = mailbox.deliver(letter(1), to: inbox, at: now)
        try mailbox.delete(id, at: now)
        try mailbox.permanentlyDelete(id, at: now)
        #expect(mailbox.visibleMessages.isEmpty)
        #expect(throws: SandboxError.noMessage("<1@customer.example>")) {
            try mailbox.message(withMessageID: "<1@customer.example>")
        }
        try mailbox.restore(id, at: now)
        #expect(mailbox.messages(in: inbox).map(\.id) == [id])
    }

    @Test func `the log tells a folder what came, what changed and what left it, once each`() throws {
        var mailbox = Mailbox()
        let (inbox, projects) = (mailbox.folder(.inbox).id, mailbox.createFolder("Projects"))
        let stays = mailbox.deliver(letter(1), to: inbox, at: now)
        let leaves = mailbox.deliver(letter(2), to: inbox, at: now)
        let returns = mailbox.deliver(letter(3), to: inbox, at: now)
        let before = mailbox.sequence
        try mailbox.setRead(true, of: stays, at: now)
        try mailbox.setFlagged(true, of: stays, at: now)
        try mailbox.move(leaves, to: projects, at: now)
        try mailbox.move(returns, to: projects, at: now)
        try mailbox.move(returns, to: inbox, at: now)
        let visitor = mailbox.deliver(letter(4), to: inbox, at: now)
        try mailbox.move(visitor, to: projects, at: now)
        let found = mailbox.differences(in: inbox, after: before, through: mailbox.sequence)
        #expect(Set(found) == [.changed(stays, [.isRead, .flag]), .left(leaves, forGood: false), .appeared(returns)])
    }

    @Test func `a folder deleted takes what is in it along, and for good takes it away`() throws {
        var mailbox = Mailbox()
        let projects = mailbox.createFolder("Projects")
        let within = mailbox.createFolder("2026", in: projects)
        let id = mailbox.deliver(letter(1), to: within, at: now)
        try mailbox.deleteFolder(projects)
        #expect(mailbox.folder(projects)?.parent == mailbox.folder(.deleted).id)
        #expect(mailbox.messages[id]?.folder == within)
        try mailbox.restoreFolder(projects)
        #expect(mailbox.folder(projects)?.parent == mailbox.folder(.root).id)
        try mailbox.permanentlyDeleteFolder(projects, at: now)
        #expect(mailbox.folder(within) == nil)
        #expect(mailbox.visibleMessages.isEmpty)
    }

    @Test func `replies share the conversation of what they answer`() {
        var answer = letter(1)
        answer.subject = "AW: Re: letter"
        #expect(answer.thread == letter(2).thread)
        answer.subject = "Rest: letter"
        #expect(answer.thread != letter(2).thread)
    }

    @Test func `HTML becomes the text that a reader sees`() {
        let html =
            "<html><head><title>No</title><style>p{}</style></head><body><p>Tom &amp; Anna</p><p>a<br>b &amp;lt;</p></body></html>"
        #expect(HTMLReduction.text(html) == "Tom & Anna\r\na\r\nb &lt;")
    }

    @Test func `a letter renders as a message that names its parts`() {
        var letter = letter(1)
        letter.subject = "Größe"
        letter.html = "<p>Hello.</p>"
        letter.attachments = [
            MailboxAttachment(name: "offer.pdf", contentType: "application/pdf", octets: Array("%PDF".utf8))
        ]
        let text = String(decoding: MIMERendering.octets(of: letter), as: UTF8.self)
        #expect(text.contains("Subject: =?utf-8?B?R3LDtsOfZQ==?=\r\n"))
        #expect(text.contains("Date: Sat, 28 Nov 2026 09:00:00 +0000\r\n"))
        #expect(
            text.contains("Content-Type: multipart/mixed; boundary=\"=_sandbox_mixed\"\r\n\r\n--=_sandbox_mixed\r\n"))
        #expect(text.contains("SGVsbG8u\r\n"))
        #expect(text.contains("filename=\"offer.pdf\""))
    }
}
