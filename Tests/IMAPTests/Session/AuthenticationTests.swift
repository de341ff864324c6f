import Testing

@testable import IMAP

/// The exchange of AUTHENTICATE by itself: what is sent when.
@Suite struct AuthenticationTests {
    private let password = IMAPCredentials.password(user: "ann", password: "pass")
    private let token = IMAPCredentials.accessToken(user: "ann", token: "t0ken")
    private let accepted = StatusResponse(status: .ok, code: nil, text: "done")

    private func exchange(
        _ method: SignInMethod, _ credentials: IMAPCredentials, initial: Bool = true
    ) -> Authentication {
        Authentication(
            method, credentials, host: "mail.example", port: 993, tag: "A7", sendsInitialResponse: initial)
    }

    private func line(_ text: String) -> Authentication.Action {
        .send(Array((Base64Text.encode(Array(text.utf8)) + "\r\n").utf8))
    }

    @Test func `with an initial response the first message goes with the command`() {
        var exchange = exchange(.plain, password)
        #expect(
            exchange.command == Array("A7 AUTHENTICATE PLAIN \(Base64Text.encode(Array("\0ann\0pass".utf8)))\r\n".utf8))
        #expect(exchange.received(.tagged("A7", accepted)) == .completed(accepted))
    }

    @Test func `without one the server is waited for`() {
        var exchange = exchange(.plain, password, initial: false)
        #expect(exchange.command == Array("A7 AUTHENTICATE PLAIN\r\n".utf8))
        #expect(exchange.received(.continuation("")) == line("\0ann\0pass"))
    }

    @Test func `LOGIN answers each prompt, whatever it says, and never sends an initial response`() {
        var exchange = exchange(.login, password)
        #expect(exchange.command == Array("A7 AUTHENTICATE LOGIN\r\n".utf8))
        #expect(exchange.received(.continuation("VXNlciBOYW1lAA==")) == line("ann"))
        #expect(exchange.received(.continuation("anything")) == line("pass"))
    }

    @Test(arguments: [(SignInMethod.xoauth2, ""), (.oauthBearer, "\u{1}")])
    func `a failed access token is acknowledged once, and then the exchange ends`(
        method: SignInMethod, acknowledgement: String
    ) {
        var exchange = exchange(method, token)
        #expect(exchange.received(.continuation("eyJzdGF0dXMiOiI0MDEifQ==")) == line(acknowledgement))
        #expect(
            exchange.received(.continuation("again"))
                == .failed(.protocolViolation("\(method.mechanism) is asked for without end")))
    }

    @Test func `what is meant for others changes nothing`() {
        var exchange = exchange(.plain, password)
        for response in [Response.capability([]), .tagged("A6", accepted), .status(accepted), .exists(3)] {
            #expect(exchange.received(response) == .wait)
        }
    }
}
