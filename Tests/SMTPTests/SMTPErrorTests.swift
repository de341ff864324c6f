import NIOCore
import Testing

@testable import SMTP

@Suite struct SMTPErrorTests {
    private var all: [SMTPError] {
        get throws {
            let reply = try #require(SMTPReply(code: 535, lines: ["<script>text of the server</script>"]))
            let stages = SMTPStage.allCases
            return [
                .cannotConnect(.hostUnknown), .cannotConnect(.portClosed), .cannotConnect(.unreachable),
                .cannotConnect(.cleartextBeyondLoopback), .cannotConnect(.other("errno 99")),
                .tlsFailed(.nameMismatch), .tlsFailed(.expired), .tlsFailed(.notYetValid), .tlsFailed(.untrusted),
                .tlsFailed(.notTLS), .tlsFailed(.handshake("errno 99")), .startTLSNotOffered,
                .authenticationNotOffered(mechanisms: ["<script>"]), .encryptionRequired(reply), .signInRefused(reply),
                .appPasswordNeeded(reply), .credentialsMalformed, .temporarilyUnavailable(.hello, reply),
                .refused(.greeting, reply), .protocolViolation(.notAReply("<script>")),
                .protocolViolation(.unrequestedBytes(.startTLS)), .cancelled,
            ] + stages.map { .timedOut($0) } + stages.map { .closed($0) }
        }
    }

    @Test func `every error says what happened and what to do, in two sentences without the server's words`() throws {
        for error in try all {
            let sentence = error.sentence
            #expect(sentence.hasSuffix("."))
            #expect(sentence.split(separator: ". ").count + sentence.count { $0 == ";" } >= 2, "\(error)")
            #expect(!sentence.contains("script") && !sentence.contains("errno"))
        }
    }

    @Test func `errors that need different actions read differently`() throws {
        let sentences = try all.filter { error in
            switch error {
            case .timedOut, .closed: false
            default: true
            }
        }.map(\.sentence)
        #expect(Set(sentences).count == sentences.count)
    }

    @Test func `only what may pass by itself is called transient`() throws {
        let transient = try all.filter(\.isTransient)
        #expect(transient.contains(.timedOut(.greeting)) && transient.contains(.closed(.hello)))
        for error in transient {
            switch error {
            case .signInRefused, .appPasswordNeeded, .credentialsMalformed, .tlsFailed, .startTLSNotOffered:
                Issue.record("\(error) needs a person.")
            default: break
            }
        }
    }
}
