import Generators
import Testing

@testable import IMAP

@Suite struct ModifiedUTF7Tests {
    /// The first is the example of RFC 3501, section 5.1.3.
    @Test(arguments: [
        ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
        ("Entwürfe", "Entw&APw-rfe"), ("Gelöscht & weg", "Gel&APY-scht &- weg"), ("&", "&-"), ("&&", "&-&-"),
        ("ü&", "&APw-&-"), ("Отправленные", "&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-"), ("😀", "&2D3eAA-"),
        ("a\u{7f}", "a&AH8-"),
        ("INBOX", "INBOX"), ("", ""),
    ])
    func `names are written and read as RFC 3501 says`(name: String, wire: String) {
        #expect(String(ModifiedUTF7.encode(name)) == wire)
        #expect(ModifiedUTF7.decode(wire.bytes) == name)
    }

    @Test(arguments: UInt64(1)...300) func `every name comes back as it was`(seed: UInt64) {
        var numbers = SeededRandom(seed: seed)
        let name = (0..<Int.random(in: 0...12, using: &numbers)).map { _ -> String in
            let limit: UInt32 = [0x7f, 0x7f, 0x7ff, 0xffff, 0x10ffff][Int.random(in: 0...4, using: &numbers)]
            return Unicode.Scalar(UInt32.random(in: 1...limit, using: &numbers)).map { String($0) } ?? "&"
        }.joined()
        let wire = ModifiedUTF7.encode(name)
        #expect(wire.allSatisfy { (0x20...0x7e).contains($0) })
        #expect(ModifiedUTF7.decode(wire).unicodeScalars.elementsEqual(name.unicodeScalars))
    }

    /// Servers that never encoded anything send names as they are.
    @Test(arguments: ["Tom & Jerry", "a&b", "&Jjo!", "&", "R&D-Abteilung ü", "Entwürfe", "&ü-"])
    func `a name that is not encoded is shown as it came`(name: String) {
        #expect(ModifiedUTF7.decode(name.bytes) == name)
    }

    @Test func `half a character in base64 is shown as unreadable and ends nothing`() {
        #expect(ModifiedUTF7.decode("a&2D0-b".bytes) == "a\u{fffd}b")
        #expect(ModifiedUTF7.decode("a&A-b".bytes) == "ab")
        #expect(ModifiedUTF7.decode([0x61, 0xff]) == "a\u{fffd}")
    }

    @Test func `a name is decoded by what the connection agreed upon`() {
        #expect(MailboxName(bytes: "Entw&APw-rfe".bytes).decoded(isUTF8: false) == "Entwürfe")
        #expect(MailboxName(bytes: "R&D-Entwürfe".bytes).decoded(isUTF8: true) == "R&D-Entwürfe")
    }

    @Test func `the inbox is the same in any case`() {
        #expect(["INBOX", "inbox", "InBox"].allSatisfy { MailboxName(bytes: $0.bytes).isInbox })
        #expect(!["INBOX2", "INBO", "INBOX/a", ""].contains { MailboxName(bytes: $0.bytes).isInbox })
        // Octets that differ from letters in one bit only.
        #expect(!MailboxName(bytes: [0x09, 0x0e, 0x02, 0x0f, 0x18]).isInbox)
    }
}
