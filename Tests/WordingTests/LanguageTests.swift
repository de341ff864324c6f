import Testing

@testable import Wording

@Suite struct LanguageTests {
    @Test func `the first part of a tag decides`() {
        #expect(Language(tag: "fr-CA") == .french)
        #expect(Language(tag: "FR") == .french)
        #expect(Language(tag: "en-GB") == .english)
        #expect(Language(tag: "frr") == nil)
        #expect(Language(tag: "") == nil)
    }

    @Test func `French print puts blanks that do not break`() {
        let text = Typography.applied(to: "L'objet : « Oui » ; non ? 45 % !", in: .french)
        #expect(text == "L’objet\u{A0}: «\u{A0}Oui\u{A0}»\u{202F}; non\u{202F}? 45\u{202F}%\u{202F}!")
        #expect(Typography.applied(to: "It's 5 %", in: .english) == "It's 5 %")
        #expect(Typography.applied(to: "14:05, https://x.example/?a", in: .french) == "14:05, https://x.example/?a")
    }
}
