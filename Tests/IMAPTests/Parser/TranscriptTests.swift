import Testing

@testable import IMAP

@Suite struct TranscriptTests {
    private static func kind(_ response: Response) -> String { String("\(response)".prefix { $0 != "(" }) }

    @Test(arguments: Transcript.all) func `every response is read as what it is, and a bad one costs itself only`(
        transcript: Transcript
    ) throws {
        let responses = try Wire.responses([transcript.bytes])
        #expect(responses.map(Self.kind) == transcript.lines.map(\.reads))
    }

    @Test(arguments: Transcript.all) func `it does not matter where the network cuts`(transcript: Transcript) throws {
        let bytes = transcript.bytes
        let whole = try Wire.responses([bytes]).map(\.shown)
        for cut in 0...bytes.count {
            let found = try Wire.responses([Array(bytes[..<cut]), Array(bytes[cut...])]).map(\.shown)
            if found != whole { Issue.record("cut at \(cut)") }
        }
        #expect(try Wire.responses(bytes.map { [$0] }).map(\.shown) == whole)
    }

    @Test(arguments: Transcript.all) func `a response is there when its last octet is, and not before`(
        transcript: Transcript
    ) throws {
        for (line, _) in transcript.lines {
            var framer = ResponseFramer()
            var count = 0
            let bytes = line.bytes + [0x0d, 0x0a]
            for (index, byte) in bytes.enumerated() {
                #expect(count == 0 && framer.isInside == (index > 0))
                try withUnsafeBytes(of: byte) { try framer.read($0) { _ in count += 1 } }
            }
            #expect(count == 1 && !framer.isInside)
        }
    }

    @Test func `literals in a body structure of Cyrus are read`() throws {
        guard case .fetch(let message) = try Wire.response(Transcript.cyrus.lines[8].line) else {
            Issue.record("not FETCH")
            return
        }
        let parts = try #require(message.bodyStructure?.children)
        #expect(parts.map { $0.parameters.first.map { String($0.value) } } == ["u\"t\\f-8", "Über)\"(.pdf"])
        #expect((parts[1].disposition, message.modSequence) == ("attachment", 19))
    }
}
