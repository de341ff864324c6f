import CRM
import Mail
import Testing

@Suite struct FreeMailTests {
    @Test(arguments: [
        "gmail.com", "outlook.com", "yahoo.co.uk", "yahoo.fr", "hotmail.com.br", "gmx.net", "icloud.com", "proton.me",
        "web.de", "orange.fr", "free.fr", "laposte.net", "libero.it", "qq.com", "seznam.cz", "wp.pl", "yandex.ru",
    ])
    func `a free-mail address cannot be connected, and the sentence says what to do`(_ domain: String) throws {
        let address = try #require(EmailAddress("someone@\(domain.uppercased())"))
        let error = #expect(throws: PersonalisedDomainError.self) { try PersonalisedDomain.check(address) }
        #expect(error == .freeMail(domain: domain))
        #expect(error?.sentence.english.contains(domain) == true)
    }

    @Test(arguments: [
        "aldermoor.example", "mail.yahoo-fans.org", "gmail.example.com", "yahoo.evil.com", "orange-groves.com",
    ])
    func `a domain of one's own is accepted`(_ domain: String) throws {
        try PersonalisedDomain.check(try #require(EmailAddress("someone@\(domain)")))
    }
}
