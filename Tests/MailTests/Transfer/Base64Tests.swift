import Foundation
import Generators
import Mail
import Testing

@Suite struct Base64Tests {
    private func text(_ encoded: String) -> String {
        String(decoding: Base64.decode(Array(encoded.utf8)), as: UTF8.self)
    }

    @Test(arguments: [
        ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
        ("Zm9vYmFy", "foobar"),
    ])
    func `the examples of RFC 4648 decode`(encoded: String, decoded: String) {
        #expect(text(encoded) == decoded)
    }

    @Test func `missing padding is supplied and a lone last letter dropped`() {
        #expect(text("Zm9vYg") == "foob")
        #expect(text("Zm9vYmE") == "fooba")
        #expect(text("Zm9vY") == "foo")
    }

    @Test func `line breaks, blanks and foreign characters are skipped`() {
        #expect(text("Zm9v\r\nYm\tFy\r\n") == "foobar")
        #expect(text("Z!m9v\u{0}Y\"mFy") == "foobar")
        #expect(text("=Zm9v") == "foo")
    }

    @Test func `both alphabets are understood`() {
        #expect(Base64.decode(Array("--__".utf8)) == Base64.decode(Array("++//".utf8)))
        #expect(Base64.decode(Array("++//".utf8)) == [0xFB, 0xEF, 0xFF])
    }

    @Test func `blocks that were encoded one by one are read on`() {
        #expect(text("Zm8=Zm8=") == "fofo")
        #expect(text("Zg==\r\nZm9v\r\n") == "ffoo")
    }

    @Test func `the footer that a mailing list put below is not decoded`() {
        #expect(text("Zm8=\r\n_______________________________________________\r\nlist mailing list\r\n") == "fo")
        #expect(text("Zg==\n\nUnsubscribe here: https://example.org/\n") == "f")
        #expect(text("Zg== ignored") == "f")
    }

    @Test func `bytes that were encoded come back, whatever the line length`() {
        var random = SeededRandom(seed: 11)
        for length in 0..<200 {
            let bytes = random.bytes(length)
            let encoded = Data(bytes).base64EncodedString()
            let width = Int.random(in: 1...80, using: &random)
            var lines = ""
            for (index, letter) in encoded.enumerated() {
                lines.append(letter)
                if index % width == width - 1 { lines += "\r\n" }
            }
            // A break within the padding of the end ends nothing but the padding.
            #expect(Base64.decode(Array(lines.utf8)) == bytes, "length \(length), width \(width)")
        }
    }

    @Test func `a part of the encoded text gives the beginning of the content`() {
        var random = SeededRandom(seed: 12)
        let bytes = random.bytes(150)
        let encoded = Array(Data(bytes).base64EncodedString(options: [.lineLength76Characters]).utf8)
        for end in encoded.indices {
            let decoded = Base64.decode(Array(encoded[..<end]))
            // Of an incomplete group the last byte may lack bits.
            #expect(bytes.starts(with: decoded.dropLast()), "prefix of \(end)")
            #expect(decoded.count >= end / 78 * 57)
        }
    }

    @Test func `any bytes decode to at most three quarters`() {
        var random = SeededRandom(seed: 13)
        for _ in 0..<500 {
            let bytes = random.bytes(Int.random(in: 0..<300, using: &random))
            #expect(Base64.decode(bytes).count <= bytes.count * 3 / 4 + 1)
            let letters = Array(random.joined(["A", "z", "=", "==", "\n", " ", "-", "é", "AAAA"], count: 60).utf8)
            #expect(Base64.decode(letters).count <= letters.count * 3 / 4 + 1)
        }
    }
}
