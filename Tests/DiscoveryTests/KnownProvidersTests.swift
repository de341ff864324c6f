import Foundation
import Testing

@testable import Discovery

@Suite struct KnownProvidersTests {
    private let all = KnownProviders.all

    /// A host name of at least two labels (RFC 1123, section 2.1), or a loopback address.
    private func isHost(_ host: String) -> Bool {
        if host == "127.0.0.1" { return true }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && host.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.utf8.allSatisfy { byte in
                        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
                    }
            }
    }

    @Test func `ids and names are there once each`() {
        #expect(Set(all.map(\.id)).count == all.count)
        #expect(Set(all.map(\.name)).count == all.count)
        for provider in all {
            #expect(provider.id.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(provider.id)")
            #expect(!provider.name.isEmpty)
            #expect(KnownProviders.provider(id: provider.id) == provider)
        }
        #expect(KnownProviders.provider(id: "nobody") == nil)
    }

    @Test func `the suites come first, the others by name`() {
        #expect(all.prefix(2).map(\.kind) == [.microsoft365, .google])
        let others = all.dropFirst(2)
        #expect(others.allSatisfy { $0.kind == .imap })
        #expect(others.map { $0.name.lowercased() } == others.map { $0.name.lowercased() }.sorted())
    }

    @Test func `hosts are valid, or there is a hint where to find them`() {
        for provider in all {
            #expect((provider.imap.host == nil) == (provider.hostHint != nil), "\(provider.id)")
            #expect((provider.smtp.host == nil) == (provider.hostHint != nil), "\(provider.id)")
            for host in [provider.imap.host, provider.smtp.host].compactMap(\.self) {
                #expect(isHost(host), "\(provider.id): \(host)")
            }
        }
    }

    @Test func `ports go with the security, except on loopback`() {
        for provider in all where provider.imap.host != "127.0.0.1" {
            #expect(provider.imap.port == (provider.imap.security == .tls ? 993 : 143), "\(provider.id)")
            #expect(provider.smtp.port == (provider.smtp.security == .tls ? 465 : 587), "\(provider.id)")
        }
        #expect(all.filter { $0.imap.host == "127.0.0.1" }.map(\.id) == ["proton-bridge"])
    }

    @Test func `each domain belongs to one provider, and none is inside another's`() {
        let domains = all.flatMap(\.domains)
        #expect(Set(domains).count == domains.count)
        for provider in all {
            for domain in provider.domains {
                #expect(isHost(domain), "\(domain)")
                #expect(KnownProviders.provider(forDomain: domain) == provider)
            }
        }
    }

    @Test func `a domain is found in any case, with a final dot and below`() {
        #expect(KnownProviders.provider(forDomain: "FastMail.COM")?.id == "fastmail")
        #expect(KnownProviders.provider(forDomain: "fastmail.com.")?.id == "fastmail")
        #expect(KnownProviders.provider(forDomain: "contoso.onmicrosoft.com")?.id == "microsoft365")
        #expect(KnownProviders.provider(forDomain: "exmail.qq.com")?.id == "tencent-exmail")
    }

    @Test(arguments: [
        "", ".", "..", "com", "example.test", "notfastmail.com", "fastmail.com.example.test", "qq.com", "fastmail..com",
    ])
    func `a domain of nobody is not found`(domain: String) {
        #expect(KnownProviders.provider(forDomain: domain) == nil)
    }

    @Test func `pages are secure addresses, and texts are sentences`() throws {
        for provider in all {
            if let page = provider.appPasswordPage {
                let url = try #require(URL(string: page))
                #expect(url.scheme == "https" && isHost(url.host() ?? ""), "\(provider.id)")
                #expect(provider.appPasswordNote != nil, "\(provider.id) has a page and does not say what for")
            }
            var texts = [provider.appPasswordNote, provider.hostHint]
            if case .other(let hint) = provider.userName { texts.append(hint) }
            for text in texts.compactMap(\.self) {
                #expect(text.english.hasSuffix(".") && text.english.count > 20, "\(provider.id)")
            }
        }
    }

    @Test func `the user name follows from the address where it can`() throws {
        let server = KnownServer(host: "mail.example.test", port: 993, security: .tls)
        let provider = { (userName: KnownProvider.UserName) in
            KnownProvider(id: "x", name: "X", imap: server, smtp: server, userName: userName)
        }
        #expect(provider(.address).userName(for: "alice@example.test") == "alice@example.test")
        #expect(provider(.localPart).userName(for: "alice@example.test") == "alice")
        #expect(provider(.localPart).userName(for: "\"a@b\"@example.test") == "\"a@b\"")
        #expect(provider(.other(hint: "Ask.")).userName(for: "alice@example.test") == nil)
    }

    @Test(arguments: [
        "fastmail", "zoho", "zoho-eu", "infomaniak", "gandi", "mailbox-org", "migadu", "hostinger", "yandex360",
        "rackspace",
        "ionos", "ovhcloud", "strato", "1und1", "all-inkl", "namecheap", "godaddy", "mailfence", "runbox", "posteo",
        "proton-bridge", "soverin", "icloud", "one-com", "hetzner",
    ])
    func `a provider that links may point at keeps its id`(id: String) {
        #expect(KnownProviders.provider(id: id) != nil)
    }
}
