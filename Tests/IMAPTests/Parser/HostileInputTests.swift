import Generators
import Testing

@testable import IMAP

/// Whatever comes, reading goes on or ends with an error.
@Suite struct HostileInputTests {
    /// An honest response behind the damaged ones; a damaged literal length may swallow it.
    private static let ending = "\r\nZ9 OK end\r\n".bytes

    @Test(arguments: Transcript.all) func `every beginning of what a server sends is survived`(transcript: Transcript)
        throws
    {
        let lines = transcript.lines.map { $0.line.bytes }
        for line in lines where !line.contains(0x0a) {
            for count in line.indices {
                let responses = try Wire.responses([line[..<count] + Self.ending])
                guard case .tagged("Z9", _)? = responses.last else {
                    Issue.record("\(String(Array(line[..<count]))): the next response was lost")
                    continue
                }
                #expect(responses.count == 2)
            }
        }
    }

    @Test(arguments: Transcript.all, UInt64(1)...40) func `octets that changed on the way are survived`(
        transcript: Transcript, seed: UInt64
    ) throws {
        var numbers = SeededRandom(seed: seed)
        let telling = "(){}\"\\[]<>+*~ \r\n\0NIL0919".bytes + [0xff, 0x80]
        var bytes = transcript.bytes
        for _ in 0..<Int.random(in: 1...12, using: &numbers) {
            let place = Int.random(in: bytes.indices, using: &numbers)
            switch Int.random(in: 0...3, using: &numbers) {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(telling[Int.random(in: telling.indices, using: &numbers)], at: place)
            case 2: bytes[place] = telling[Int.random(in: telling.indices, using: &numbers)]
            default: bytes[place] ^= UInt8(1) << UInt8.random(in: 0...7, using: &numbers)
            }
        }
        let whole = try Wire.responses([bytes])
        let cut = Int.random(in: 0...bytes.count, using: &numbers)
        let parts = try Wire.responses([Array(bytes[..<cut]), Array(bytes[cut...])])
        #expect(whole.map(\.shown) == parts.map(\.shown))
        // The session takes them all, in any state.
        var session = Session()
        try? session.greetingReceived(.status(StatusResponse(status: .ok, code: nil, text: "")))
        session.selecting(.inbox)
        for response in whole { try? session.received(response) }
        #expect((session.selected?.exists ?? 0) >= 0)
    }

    @Test(arguments: UInt64(1)...200) func `noise is survived`(seed: UInt64) throws {
        var numbers = SeededRandom(seed: seed)
        let words = [
            "* ", "1 FETCH (", "UID ", "ENVELOPE ", "BODYSTRUCTURE ", "(", ")", "NIL ", "\"", "{3}\r\n", "{0}\r\n",
            "\\", "LIST ", "STATUS ",
            "x ", "ESEARCH ", "(TAG ", "ALL ", "1:*", ",", "VANISHED ", "NAMESPACE ", "BODY[", "]", "\"TEXT\" ", "\0",
            "OK ", "[", "+ ", "\r\n", "\n",
            "MODSEQ ", "EMAILID ", "12", "99999999999999999999", "MESSAGE RFC822 ",
        ]
        let noise = (0..<200).map { _ in words[Int.random(in: words.indices, using: &numbers)] }.joined()
        let responses = try Wire.responses([noise.bytes + "\r\n".bytes])
        #expect(responses.count <= noise.utf8.count { $0 == 0x0a } + 1)
    }
}
