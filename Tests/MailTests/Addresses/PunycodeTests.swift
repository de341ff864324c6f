import Testing

@testable import Mail

struct PunycodeTests {
    /// RFC 3492, section 7.1, and names in use.
    static let samples: [(text: String, encoded: String)] = [
        ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
        ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
        ("他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb"),
        ("למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"),
        ("यहलोगहिन्दीक्योंनहींबोलसकतेहैं", "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd"),
        ("なぜみんな日本語を話してくれないのか", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"),
        ("세계의모든사람들이한국어를이해한다면얼마나좋을까", "989aomsvi5e83db1d2a355cv1e0vak1dwrv93d5xbh15a0dt30a5jpsd879ccm6fea98c"),
        ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
        ("TạisaohọkhôngthểchỉnóitiếngViệt", "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g"),
        ("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"),
        ("安室奈美恵-with-SUPER-MONKEYS", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n"),
        ("Hello-Another-Way-それぞれの場所", "Hello-Another-Way--fc4qua05auwb3674vfr0b"),
        ("ひとつ屋根の下2", "2-u9tlzr9756bt3uc0v"),
        ("MajiでKoiする5秒前", "MajiKoi5-783gue6qz075azm5e"),
        ("パフィーdeルンバ", "de-jg4avhby1noc0d"),
        ("そのスピードで", "d9juau41awczczp"),
        ("bücher", "bcher-kva"),
        ("münchen", "mnchen-3ya"),
        ("straße", "strae-oqa"),
    ]

    @Test(arguments: samples)
    func `the samples of RFC 3492 are encoded and decoded`(text: String, encoded: String) {
        #expect(Punycode.encode(Array(text.unicodeScalars)) == encoded)
        #expect(Punycode.decode(Array(encoded.utf8)) == Array(text.unicodeScalars))
    }

    @Test(arguments: ["99999999", "a-é", "bcher-kv!", "zzzzzzzzz", "ab-9"])
    func `what is not well-formed is not decoded`(text: String) {
        #expect(Punycode.decode(Array(text.utf8)) == nil)
    }

    @Test func `labels far longer than those of DNS are neither encoded nor decoded`() {
        #expect(Punycode.encode(Array(String(repeating: "é", count: 101).unicodeScalars)) == nil)
        #expect(Punycode.decode(Array(String(repeating: "a", count: 101).utf8)) == nil)
    }
}
