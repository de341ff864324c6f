import Testing

@testable import IMAP

@Suite struct FramerLimitTests {
    @Test func `a literal that is too long is passed over, and the rest of its response is read`() throws {
        let long = String(repeating: "x", count: 101)
        let text =
            "* 1 FETCH (UID 5 BODY[1] {101}\r\n\(long) BODY[2] {100}\r\n\(long.dropLast()))\r\n* 2 FETCH (UID 6)\r\n"
        for pieces in [[text.bytes], text.bytes.map { [$0] }] {
            let responses = try Wire.responses(pieces, literalLimit: 100)
            guard responses.count == 2, case .fetch(let first) = responses[0], case .fetch(let second) = responses[1]
            else {
                Issue.record("\(responses)")
                return
            }
            #expect((first.uid, first.oversizedSections, second.uid) == (5, ["1"], 6))
            #expect(second.oversizedSections.isEmpty)
            #expect((first.sections["1"]?.count, first.sections["2"]?.count) == (nil, 100))
        }
    }

    @Test func `what was passed over is not taken for empty`() throws {
        let long = String(repeating: "x", count: 101)
        let structure = "BODYSTRUCTURE (\"TEXT\" \"PLAIN\" (\"NAME\" {101}\r\n\(long)) NIL NIL \"7BIT\" 9 1)"
        let envelope = "ENVELOPE (NIL {101}\r\n\(long) NIL NIL NIL NIL NIL NIL NIL NIL)"
        let text = "* 1 FETCH (UID 5 \(structure) \(envelope) BODY[1] {1}\r\nx X {101}\r\n\(long) BODY[2] {0}\r\n)\r\n"
        guard case .fetch(let message)? = try Wire.responses(text, literalLimit: 100).first else {
            Issue.record("not FETCH")
            return
        }
        #expect(message.envelope == nil && message.bodyStructure == nil && message.oversizedSections.isEmpty)
        #expect((message.uid, message.sections.mapValues { String($0) }) == (5, ["1": "x", "2": ""]))
    }

    @Test func `a literal of terabytes keeps nothing in memory`() throws {
        var framer = ResponseFramer()
        var count = 0
        try feed(&framer, "* 1 FETCH (BODY[] {999999999999}\r\n".bytes) { _ in count += 1 }
        let piece = [UInt8](repeating: 0x78, count: 1 << 20)
        for _ in 0..<200 { try feed(&framer, piece) { _ in count += 1 } }
        #expect(count == 0 && framer.isInside)
        #expect(framer.heldOctets < 1000)
    }

    @Test func `literals of one response that are too long together are passed over`() throws {
        var framer = ResponseFramer()
        var sizes: [Int] = []
        let piece = [UInt8](repeating: 0x78, count: 30 << 20)
        try feed(&framer, "* 1 FETCH (".bytes) { _ in }
        for index in 0..<4 {
            try feed(&framer, " BODY[\(index)] {\(piece.count)}\r\n".bytes) { _ in }
            try feed(&framer, piece) { _ in }
        }
        try feed(&framer, ")\r\n".bytes) { sizes.append($0.oversized.isEmpty ? 0 : $0.bytes.count) }
        #expect(sizes.count == 1)
        #expect((60 << 20...61 << 20).contains(sizes.first ?? 0))
    }

    @Test func `a line without end ends the connection`() {
        let piece = [UInt8](repeating: 0x78, count: 1 << 20)
        var framer = ResponseFramer()
        #expect(throws: ResponseFramer.Failure.lineTooLong) { for _ in 0..<18 { try feed(&framer, piece) { _ in } } }
    }

    @Test func `a response of literals without end ends the connection`() {
        let piece = [UInt8](repeating: 0x78, count: 1 << 20) + " {0}\r\n".bytes
        var framer = ResponseFramer()
        #expect(throws: ResponseFramer.Failure.responseTooLong) {
            for _ in 0..<100 { try feed(&framer, piece) { _ in } }
        }
    }

    @Test func `a line of eight megabytes is read`() throws {
        let uids = (0..<1_000_000).lazy.map { "\(10_000_000 + $0 * 2)" }.joined(separator: ",")
        guard case .extendedSearch(_, let all, _) = try Wire.response("* ESEARCH UID ALL " + uids) else {
            Issue.record("not ESEARCH")
            return
        }
        #expect(all.count == 1_000_000)
    }

    @Test(arguments: ["{5", "{5}x", "{}", "{+}", "{5-}", "5}", "{1234567890123}", "{ 5}", "\"{5}\""])
    func `what is no announcement of a literal is none`(end: String) throws {
        #expect(try Wire.responses("* X \(end)\r\n* 1 EXISTS\r\n").count == 2)
    }

    private func feed(
        _ framer: inout ResponseFramer, _ bytes: [UInt8], _ frame: (borrowing ResponseFramer.Frame) -> Void
    ) throws {
        try bytes.withUnsafeBytes { try framer.read($0, frame: frame) }
    }
}
