import Testing
import Wording

@testable import Web

@Suite struct AcceptLanguageTests {
    @Test(
        arguments: [
            (nil, nil), ("", nil), ("fr", .french), ("fr-CA,fr;q=0.9,en;q=0.8", .french), ("en-GB, fr;q=0.9", .english),
            ("de, es;q=0.9", nil), ("de, fr;q=0.2, en;q=0.1", .french), ("en;q=0.5, fr;q=0.7", .french),
            ("fr;q=0, en;q=0.1", .english), ("fr;q=0", nil), ("*", .english), ("fr;q=0.5, *;q=0.1", .french),
            ("en;q=0, *", .french), ("fr-CA;q=0.3, en;q=0.5, fr", .french), ("FR ; Q=1.0", .french),
            ("fr;q=nonsense, en;q=0.1", .english), ("fr;q=2, en;q=0.1", .english), (";;,,;q=", nil),
            ("fr, en", .french),
        ] as [(String?, Language?)])
    func `the heaviest language that Mailcard speaks is taken`(field: String?, language: Language?) {
        #expect(AcceptLanguage.preferred(field) == language)
    }
}
