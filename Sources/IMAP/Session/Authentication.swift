/// The exchange that AUTHENTICATE begins (RFC 9051, section 6.2.2): what to send when, until the server has decided. No
/// sockets: responses in, octets out.
struct Authentication {
    enum Action: Hashable {
        case send([UInt8])
        /// Nothing; what comes next decides.
        case wait
        case completed(StatusResponse)
        case failed(IMAPError)
    }

    /// What the exchange begins with.
    let command: [UInt8]

    private let method: SignInMethod
    private let tag: String
    private var messages: ArraySlice<[UInt8]>
    private var isAcknowledged = false

    /// - Parameter sendsInitialResponse: whether the server has SASL-IR (RFC 4959).
    init(
        _ method: SignInMethod, _ credentials: IMAPCredentials, host: String, port: Int, tag: String,
        sendsInitialResponse: Bool
    ) {
        self.method = method
        self.tag = tag
        messages = method.messages(credentials, host: host, port: port)[...]
        var line = "\(tag) AUTHENTICATE \(method.mechanism)"
        // LOGIN has no initial response. Long ones are sent apart: servers limit the line.
        if sendsInitialResponse, method != .login, let first = messages.first, first.count < 1000 {
            messages.removeFirst()
            line += " " + (first.isEmpty ? "=" : Base64Text.encode(first))
        }
        command = Array((line + "\r\n").utf8)
    }

    mutating func received(_ response: Response) -> Action {
        switch response {
        case .continuation:
            if let message = messages.popFirst() { return .send(Self.line(message)) }
            // A failed OAuth sign-in explains itself and waits for an acknowledgement, once.
            guard !isAcknowledged else {
                return .failed(.protocolViolation("\(method.mechanism) is asked for without end"))
            }
            isAcknowledged = true
            return .send(Self.line(method.acknowledgement))
        case .tagged(tag, let status): return .completed(status)
        default: return .wait
        }
    }

    private static func line(_ message: [UInt8]) -> [UInt8] { Array((Base64Text.encode(message) + "\r\n").utf8) }
}
