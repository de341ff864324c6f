import Logging
import Mirror
import NIOCore
import ScriptedServer
import Synchronization
import Testing

@testable import IMAP
@testable import IMAPProvider

@Suite struct TextReadingTests {
    private struct Reading {
        var texts: [UInt32: Result<FetchedText, TextFailure>] = [:]
        var failure: (any Error)?
        /// What of each UID FETCH was asked for.
        var asked: [String] = []

        var plain: [UInt32: String] { texts.compactMapValues { try? $0.get().text } }
        var failures: [UInt32: TextFailure] {
            texts.compactMapValues { if case .failure(let failure) = $0 { failure } else { nil } }
        }
    }

    private static let folder = RemoteFolder(
        id: "INBOX", path: "INBOX", name: "Inbox", role: .inbox, epoch: FolderEpoch("7"))

    /// Reads texts from a server whose messages are all there.
    /// - Parameter answer: to a UID FETCH with these arguments: what is sent before the completion, and the completion.
    private static func read(
        _ uids: ClosedRange<UInt32>, _ answer: @escaping @Sendable (String) -> (String, completion: String)
    ) async throws -> Reading {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("* PREAUTH [CAPABILITY IMAP4rev1] hello\r\n")
            while true {
                let command = try await connection.command()
                let (untagged, completion) =
                    switch command.name {
                    case "UID FETCH": answer(command.rest)
                    case "UID SEARCH": ("* SEARCH \(uids.map(String.init).joined(separator: " "))\r\n", "OK done")
                    default: ("", "BAD no")
                    }
                try await connection.send(untagged + "\(command.tag) \(completion)\r\n")
            }
        }
        let connection = try await IMAPConnection.connect(
            to: IMAPEndpoint(
                host: "localhost", addresses: [try SocketAddress(ipAddress: "127.0.0.1", port: server.port)],
                security: .cleartext), logger: Logger(label: "tests"))
        let texts = Mutex<[UInt32: Result<FetchedText, TextFailure>]>([:])
        var reading = Reading()
        do {
            try await TextReading(connection: connection, folder: folder) { reference, text in
                texts.withLock { $0[reference.id.uid ?? 0] = text }
            }.run(UIDSet(uids))
        } catch {
            reading.failure = error
        }
        await connection.close()
        await server.stop()
        reading.texts = texts.withLock { $0 }
        reading.asked = server.received.compactMap { line in
            let words = line.split(separator: " ", maxSplits: 3)
            return words.count == 4 && words[2] == "FETCH" ? String(words[3]) : nil
        }
        return reading
    }

    /// Messages of one part.
    private static func structures(_ uids: ClosedRange<UInt32>, size: String = "5") -> String {
        uids.map {
            "* \($0) FETCH (UID \($0) BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" \(size) 1) BODY[HEADER.FIELDS (REFERENCES)] {2}\r\n\r\n)\r\n"
        }.joined()
    }

    @Test func `texts are fetched by their parts`() async throws {
        let reading = try await Self.read(1...3) { asked in
            if asked.contains("BODYSTRUCTURE") { return (Self.structures(1...3), "OK done") }
            return ((1...3).map { "* \($0) FETCH (UID \($0) BODY[1]<0> \"text\($0)\")\r\n" }.joined(), "OK done")
        }
        #expect(reading.plain == [1: "text1", 2: "text2", 3: "text3"] && reading.failure == nil)
        #expect(
            reading.asked == [
                "1:3 (UID BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (REFERENCES)])", "1:3 (UID BODY.PEEK[1]<0.1048576>)",
            ])
    }

    /// Two hundred messages would be asked for one by one, and called unreadable.
    @Test(
        arguments: ["BODYSTRUCTURE", "BODY.PEEK[1]", "BODY.PEEK[]"],
        ["NO [UNAVAILABLE] busy", "BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds"])
    func `a refusal that will pass is no message's fault`(item: String, refusal: String) async throws {
        let reading = try await Self.read(1...9) { asked in
            if asked.contains(item) { return ("", refusal) }
            // Nothing of the parts, so that whole messages are asked for.
            return (asked.contains("BODYSTRUCTURE") ? Self.structures(1...9) : "", "OK done")
        }
        #expect(reading.texts.isEmpty)
        guard case .refused? = reading.failure as? IMAPError else {
            Issue.record("\(String(describing: reading.failure))")
            return
        }
        #expect(reading.asked.count { $0.contains(item) } == 1)
    }

    @Test func `a message whose part the server refuses for good is read whole`() async throws {
        let reading = try await Self.read(1...1) { asked in
            if asked.contains("BODYSTRUCTURE") { return (Self.structures(1...1), "OK done") }
            if asked.contains("BODY.PEEK[1]") { return ("", "NO cannot decode") }
            return ("* 1 FETCH (UID 1 BODY[]<0> {9}\r\nA: b\n\nwhole)\r\n".replacing("{9}", with: "{11}"), "OK done")
        }
        #expect(reading.plain == [1: "whole"])
    }

    @Test func `NIL is an empty text only of an empty part`() async throws {
        for (size, isEmpty) in [("0", true), ("5", false), ("NIL", false)] {
            let reading = try await Self.read(1...1) { asked in
                if asked.contains("BODYSTRUCTURE") { return (Self.structures(1...1, size: size), "OK done") }
                return ("* 1 FETCH (UID 1 BODY[\(asked.contains("[1]") ? "1" : "")]<0> NIL)\r\n", "OK done")
            }
            #expect(reading.plain == (isEmpty ? [1: ""] : [:]))
            #expect(reading.failures == (isEmpty ? [:] : [1: .withheld]))
        }
    }

    /// The server was asked for a megabyte.
    @Test func `a text too long to be read is told, and is not asked for again`() async throws {
        let long = String(repeating: "x", count: 33 << 20)
        for hasStructure in [true, false] {
            let reading = try await Self.read(1...1) { asked in
                if asked.contains("BODYSTRUCTURE") { return (hasStructure ? Self.structures(1...1) : "", "OK done") }
                return (
                    "* 1 FETCH (UID 1 BODY[\(hasStructure ? "1" : "")]<0> {\(long.utf8.count)}\r\n\(long))\r\n",
                    "OK done"
                )
            }
            #expect(reading.failures == [1: .tooLong])
            #expect(reading.asked.count == 2)
        }
    }

    @Test func `of a message with one text too long the others are shown`() throws {
        let plan = try #require(Self.plan([5, 5]))
        var message = FetchedMessage(sequenceNumber: 1, octets: 0)
        message.sections = ["1": Array("short".utf8)]
        message.oversizedSections = ["2"]
        var answer = TextPlan.Answer()
        #expect(plan.text(answer) == nil)
        answer.add(message)
        let text = try #require(try plan.text(answer)?.get())
        #expect((text.text, text.isTruncated) == ("short", true))
    }

    /// A message with texts of these sizes.
    private static func plan(_ sizes: [Int]) -> TextPlan? {
        var structure = BodyStructure()
        (structure.type, structure.subtype) = ("multipart", "mixed")
        structure.children = sizes.map { size in
            var part = BodyStructure()
            (part.type, part.subtype, part.encoding, part.size) = ("text", "plain", "7bit", size)
            return part
        }
        structure.number()
        var message = FetchedMessage(sequenceNumber: 1, octets: 0)
        message.bodyStructure = structure
        return TextPlan(message)
    }

    @Test func `as many texts are asked for at once as fit into memory`() throws {
        let megabyte = 1 << 20
        let large = try #require(Self.plan([5 * megabyte]))
        let small = try #require(Self.plan([1000]))
        #expect(large.octets == megabyte + 100)
        var plans: [UInt32: TextPlan] = [:]
        for uid in UInt32(1)...40 { plans[uid] = uid <= 20 ? large : small }
        let windows = TextReading.requests(plans).map(\.uids)
        // 20 small ones and 5 large ones; then as many large ones as have 16 MB.
        #expect(windows == [UIDSet(16...40), UIDSet(1...15)])
        for uid in UInt32(1)...40 { plans[uid] = large }
        #expect(TextReading.requests(plans).map(\.uids.count) == [15, 15, 10])
        for request in TextReading.requests(plans) { #expect(request.budget >= TextReading.windowLimit) }
    }

    @Test func `of a message with more text than fits the beginning is fetched`() throws {
        let plan = try #require(Self.plan([Int](repeating: 9 << 20, count: 50)))
        #expect(plan.sections == (1...15).map(String.init))
        #expect(plan.octets <= TextReading.windowLimit)
        var message = FetchedMessage(sequenceNumber: 1, octets: 0)
        for section in plan.sections { message.sections[section] = Array("a".utf8) }
        var answer = TextPlan.Answer()
        answer.add(message)
        #expect(try plan.text(answer)?.get().isTruncated == true)
    }

    @Test func `structures that do not fit together are asked for by halves`() async throws {
        // 40 of them have 44 MB.
        let noise = String(repeating: "x", count: 1_100_000)
        let reading = try await Self.read(1...40) { asked in
            let uids = Self.uids(asked)
            if asked.contains("BODYSTRUCTURE") {
                let answers = uids.map {
                    "* \($0) FETCH (UID \($0) X-NOISE \"\(noise)\" BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1))\r\n"
                }
                return (answers.joined(), "OK done")
            }
            return (uids.map { "* \($0) FETCH (UID \($0) BODY[1]<0> \"x\")\r\n" }.joined(), "OK done")
        }
        #expect(reading.plain.count == 40 && reading.failures.isEmpty && reading.failure == nil)
        #expect((2...5).contains(reading.asked.count { $0.contains("BODYSTRUCTURE") }))
        #expect(!reading.asked.contains { $0.contains("BODY.PEEK[]") })
    }

    private static func uids(_ asked: String) -> [UInt32] {
        asked.prefix { $0 != " " }.split(separator: ",").flatMap { range -> [UInt32] in
            let ends = range.split(separator: ":").compactMap { UInt32($0) }
            return ends.isEmpty ? [] : Array(ends[0]...ends[ends.count - 1])
        }
    }
}
