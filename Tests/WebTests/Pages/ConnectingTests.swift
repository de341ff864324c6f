import CRM
import Discovery
import HTTPTypes
import Mail
import Mirror
import Store
import Testing

@testable import Web

@Suite struct ConnectingTests {
    private let tom = "tom.ashworth@aldermoor.example"

    @Test func `an address leads to its provider's page, or to the list with one's own servers last`() async throws {
        // Whose own domain is not one of free mail.
        let (known, domain) = try #require(
            KnownProviders.all.lazy.filter { $0.kind == .imap && $0.imap.host != nil }.flatMap { known in
                known.domains.map { (known, $0) }
            }.first { EmailAddress("tom@\($0.1)").map { (try? PersonalisedDomain.check($0)) != nil } ?? false })
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/settings/mailbox/connect")
            let list = try await browser.post("/settings/mailbox/connect", ["address": tom])
            #expect(list.words.contains("does not know who keeps the mail of aldermoor.example"))
            let all = try await browser.get(try #require(list.links.first { $0.contains("all=1") }))
            let choices = all.links.filter { $0.contains("/connect/with/") }
            #expect(choices.count == KnownProviders.all.count + 1)
            #expect(choices.last?.contains("/with/custom?") == true)
            let page = try await browser.post("/settings/mailbox/connect", ["address": "tom@\(domain)"])
            #expect(page.text.contains("/connect/with/\(known.id)"))
            #expect(page.text.contains("value=\"\(try #require(known.imap.host))\""))
        }
    }

    @Test func `a free-mail address and a second mailbox are refused before any server is asked`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/settings/mailbox/connect")
            let free = try await browser.post("/settings/mailbox/connect", ["address": "tom@gmail.com"])
            #expect(free.status == .unprocessableContent && free.words.contains("organisation's own domain"))
            #expect(free.text.contains("value=\"tom@gmail.com\""))
            try await browser.connectMailbox(tom)
            let second = try await browser.post("/settings/mailbox/connect", ["address": "other@aldermoor.example"])
            #expect(second.words.contains("You have already connected \(tom)"))
        }
        try await bench.browse(as: "priya.raman") { (browser) async throws in
            try await browser.get("/settings/mailbox/connect")
            let taken = try await browser.post("/settings/mailbox/connect", ["address": tom])
            #expect(taken.words.contains("Another user has connected this mailbox"))
        }
    }

    @Test func `a refused password is said beside the servers, all else stays, and the password is never sent back`()
        async throws
    {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let answer = try await browser.connectMailbox(tom, password: "wrong-secret")
            #expect(answer.status == .unprocessableContent)
            #expect(answer.words.contains("The server refused the password. Enter it again."))
            #expect(answer.text.contains("value=\"imap.aldermoor.example\"") && answer.text.contains("value=\"587\""))
            #expect(answer.text.contains("value=\"startTLS\" selected"))
            #expect(!answer.text.contains("wrong-secret"))
            let mailboxes = try await bench.read { try Mailboxes.list($0, $1) }
            #expect(mailboxes.isEmpty)
        }
    }

    @Test func `it is said which of the two servers failed and why`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            let words = try await browser.connectMailbox(tom, password: "no-smtp").words
            let imap = try #require(words.firstRange(of: "This server let Mailcard in."))
            let smtp = try #require(words.firstRange(of: "Nothing answers there. Try port 587."))
            #expect(imap.lowerBound < smtp.lowerBound)
        }
    }

    @Test func `a server on this machine is that of a provider by its port only`() {
        func provider(_ host: String, _ port: Int) -> String {
            let endpoint = ServerEndpoint(host: host, port: port, security: .startTLS)
            return ProviderCatalogue.provider(of: MailboxSettings(address: tom, imap: endpoint, smtp: endpoint)).id
        }
        #expect(provider("127.0.0.1", 1143) != "custom" && provider("127.0.0.1", 35_523) == "custom")
        #expect(provider("imap.fastmail.com", 993) == "fastmail" && provider("IMAP.fastmail.com", 143) == "fastmail")
    }

    @Test func `servers and ports are checked before they are used`() async throws {
        let bench = try await WebBench()
        try await bench.browse(as: "tom.ashworth") { (browser) async throws in
            try await browser.get("/settings/mailbox/connect")
            let answer = try await browser.post(
                "/settings/mailbox/connect/with/custom",
                ["address": tom, "imap-host": "http://x", "imap-port": "0", "smtp-host": "", "smtp-port": "99999"])
            for sentence in [
                "Enter the password of this mailbox.", "“http://x” is not the name of a server.",
                "Enter the name of the SMTP server.", "The port is a number from 1 to 65535",
            ] { #expect(answer.words.contains(sentence), "\(sentence)") }
        }
    }
}
