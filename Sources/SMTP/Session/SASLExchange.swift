import struct Foundation.Data

/// The client's side of one authentication (RFC 4954, section 4): what AUTH begins with, and the answer to each
/// challenge.
struct SASLExchange: Equatable {
    /// Octets of a command line, line end included (RFC 5321, section 4.5.3.1.4). What would not fit, such as an OAuth
    /// token, waits for the server's challenge, as RFC 4954, section 4, demands.
    static let maximumCommandLength = 512

    let mechanism: SASLMechanism
    /// What remains to be sent, in the order of the challenges.
    private var responses: [String]
    private(set) var command: String

    init(_ mechanism: SASLMechanism, _ credentials: SMTPCredentials) {
        self.mechanism = mechanism
        switch (mechanism, credentials) {
        case (.plain, .password(let user, let password)):
            responses = ["\0\(user)\0\(password)"]
        case (.login, .password(let user, let password)):
            responses = [user, password]
        case (_, .oauth(let user, let token)):
            responses = ["user=\(user)\u{1}auth=Bearer \(token)\u{1}\u{1}"]
        case (.xoauth2, .password):
            preconditionFailure("A password cannot be sent as a token.")
        }
        responses = responses.map { Data($0.utf8).base64EncodedString() }
        command = "AUTH \(mechanism.rawValue)\r\n"
        // LOGIN has no initial response in what the field implements.
        if mechanism != .login {
            let whole = "AUTH \(mechanism.rawValue) \(responses[0])\r\n"
            if whole.utf8.count <= SASLExchange.maximumCommandLength {
                command = whole
                responses.removeFirst()
            }
        }
        // A server that refuses a token explains itself in a challenge first, and wants an empty answer to it.
        if mechanism == .xoauth2 { responses.append("") }
    }

    /// The answer to the next challenge (334), with its line end; nil when there is nothing left to say. What the
    /// challenge says is not read: the prompts of LOGIN are worded differently everywhere.
    mutating func respond() -> String? {
        guard !responses.isEmpty else { return nil }
        return responses.removeFirst() + "\r\n"
    }
}
