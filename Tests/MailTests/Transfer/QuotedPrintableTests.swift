import Generators
import Mail
import Testing

@Suite struct QuotedPrintableTests {
    private func text(_ encoded: String, isHeader: Bool = false) -> String {
        String(decoding: QuotedPrintable.decode(Array(encoded.utf8), isHeader: isHeader), as: UTF8.self)
    }

    @Test func `escapes and soft line breaks decode`() {
        #expect(text("Gr=C3=BC=C3=9Fe") == "Grüße")
        #expect(text("one=\r\n two=\n three=\r four") == "one two three four")
        #expect(text("a=3D=3d=3Db") == "a===b")
        #expect(text("=e2=82=ac") == "€")
    }

    @Test func `blanks at line ends go, encoded ones stay`() {
        #expect(text("one  \t\r\ntwo") == "one\r\ntwo")
        #expect(text("one=20\r\ntwo") == "one \r\ntwo")
        #expect(text("one=   \r\ntwo") == "onetwo")
        #expect(text("one=20 =\r\n \r\ntwo") == "one  \r\ntwo")
    }

    @Test func `what is no escape stays as it is`() {
        #expect(text("1 + 1 = 2") == "1 + 1 = 2")
        #expect(text("a=ZZb=4") == "a=ZZb=4")
        #expect(text("https://example.org/?a=1&b=x") == "https://example.org/?a=1&b=x")
    }

    @Test func `a sign that the text ends with is a soft line break`() {
        #expect(text("end=") == "end")
        #expect(text("end= ") == "end")
    }

    @Test func `an underscore is a space in header words only`() {
        #expect(text("a_b=5F", isHeader: true) == "a b_")
        #expect(text("a_b=5F") == "a_b_")
    }

    @Test func `bytes that were encoded come back`() {
        var random = SeededRandom(seed: 21)
        let digits = Array("0123456789ABCDEF".utf8)
        for _ in 0..<200 {
            let bytes = random.bytes(Int.random(in: 0..<200, using: &random))
            var encoded: [UInt8] = []
            for byte in bytes {
                let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
                if isPlain, Bool.random(using: &random) {
                    encoded.append(byte)
                } else {
                    encoded += [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
                }
                if Int.random(in: 0..<20, using: &random) == 0 { encoded += Array("= \r\n".utf8) }
            }
            #expect(QuotedPrintable.decode(encoded) == bytes)
        }
    }

    @Test func `every beginning of a text decodes to a beginning of it`() {
        let encoded = Array("Gr=C3=BC=C3=9Fe=\r\n an alle =\n und mehr =3D =20\r\nEnde".utf8)
        let whole = QuotedPrintable.decode(encoded)
        for end in 0...encoded.count {
            let decoded = QuotedPrintable.decode(Array(encoded[..<end]))
            // An escape or a blank at the cut may still stand there.
            let same = zip(decoded, whole).prefix { $0 == $1 }.count
            #expect(decoded.count - same <= 3, "prefix of \(end)")
        }
    }
}
