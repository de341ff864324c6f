import Generators
import Mail
import Testing

@Suite struct TransferEncodingTests {
    @Test(arguments: [
        ("7bit", TransferEncoding.sevenBit), ("", .sevenBit), ("8BIT", .eightBit), ("8-bit", .eightBit),
        ("binary", .binary),
        ("Base64", .base64), (" base64 ;", .base64), ("\"base64\"", .base64), ("quoted-printable", .quotedPrintable),
        ("Quoted Printable", .quotedPrintable), ("x-uuencode", .uuencode), ("uue", .uuencode),
        ("x-unheard-of", .other("x-unheard-of")),
    ])
    func `names are understood as programs write them`(name: String, encoding: TransferEncoding) {
        #expect(TransferEncoding(name) == encoding)
    }

    @Test func `content without encoding stays as it is`() {
        for encoding in [TransferEncoding.sevenBit, .eightBit, .binary, .other("x-rot13")] {
            #expect(encoding.decode([0x3D, 0x41, 0x42, 0xFF, 0]) == [0x3D, 0x41, 0x42, 0xFF, 0])
        }
    }

    @Test func `uuencoded content decodes`() {
        let encoded = "see below\n\nbegin 644 cat.txt\n#0V%T\n`\nend\nrest\n"
        #expect(TransferEncoding.uuencode.decode(Array(encoded.utf8)) == Array("Cat".utf8))
    }

    @Test func `uuencoded lines whose blanks were lost decode`() {
        // Three zero bytes are four blanks or accents graves.
        #expect(TransferEncoding.uuencode.decode(Array("begin 644 x\n#````\nend\n".utf8)) == [0, 0, 0])
        #expect(TransferEncoding.uuencode.decode(Array("begin 644 x\r\n#\r\nend\r\n".utf8)) == [])
        #expect(TransferEncoding.uuencode.decode(Array("begin 644 x\n#0V\nend\n".utf8)) == [0x43, 0x60, 0])
    }

    @Test func `text without a begin line stays as it is`() {
        #expect(TransferEncoding.uuencode.decode(Array("begin with this\n".utf8)) == Array("begin with this\n".utf8))
    }

    @Test func `any bytes decode in any encoding`() {
        var random = SeededRandom(seed: 31)
        for _ in 0..<300 {
            let bytes = Array("begin 644 x\n".utf8) + random.bytes(Int.random(in: 0..<200, using: &random))
            for encoding in [TransferEncoding.base64, .quotedPrintable, .uuencode] {
                #expect(encoding.decode(bytes).count <= bytes.count)
            }
        }
    }
}
