/// How a person proves who they are.
public enum IMAPCredentials: Sendable {
    case password(user: String, password: String)
    /// An OAuth 2 access token (RFC 7628, and XOAUTH2 of Google and Microsoft).
    case accessToken(user: String, token: String)
}

/// A way to sign in, and what it sends.
enum SignInMethod: Hashable, Sendable {
    case plain, login, oauthBearer, xoauth2
    /// The LOGIN command (RFC 9051, section 6.2.3).
    case loginCommand

    /// The ways that a server offers for these credentials, the best first. PLAIN takes any character in a password;
    /// LOGIN the command is the last resort.
    static func offered(for credentials: IMAPCredentials, by session: Session) -> [SignInMethod] {
        var methods: [SignInMethod] = []
        switch credentials {
        case .accessToken:
            if session.can("AUTH=OAUTHBEARER") { methods.append(.oauthBearer) }
            if session.can("AUTH=XOAUTH2") { methods.append(.xoauth2) }
        case .password(let user, _):
            if session.can("AUTH=PLAIN") { methods.append(.plain) }
            if session.can("AUTH=LOGIN") { methods.append(.login) }
            if !session.can(.loginDisabled) { methods.append(.loginCommand) }
            // Exchange opens a shared mailbox (`DOMAIN\user\mailbox`) by LOGIN only.
            if user.contains(where: { $0 == "/" || $0 == "\\" }), let plain = methods.firstIndex(of: .plain) {
                methods.append(methods.remove(at: plain))
            }
        }
        return methods
    }

    var mechanism: String {
        switch self {
        case .plain: "PLAIN"
        case .login, .loginCommand: "LOGIN"
        case .oauthBearer: "OAUTHBEARER"
        case .xoauth2: "XOAUTH2"
        }
    }

    /// The client's messages, in order. What the server says in between does not matter to any of these mechanisms.
    func messages(_ credentials: IMAPCredentials, host: String, port: Int) -> [[UInt8]] {
        switch (self, credentials) {
        case (.plain, .password(let user, let password)):
            // RFC 4616: authorization identity, authentication identity, password.
            [[0] + Array(user.utf8) + [0] + Array(password.utf8)]
        case (.login, .password(let user, let password)):
            [Array(user.utf8), Array(password.utf8)]
        case (.oauthBearer, .accessToken(let user, let token)):
            // RFC 7628, section 3.1; "=" and "," in the user name are escaped as in RFC 5801.
            [
                Array(
                    "n,a=\(Self.escaped(user)),\u{1}host=\(host)\u{1}port=\(port)\u{1}auth=Bearer \(token)\u{1}\u{1}"
                        .utf8)
            ]
        case (.xoauth2, .accessToken(let user, let token)):
            [Array("user=\(user)\u{1}auth=Bearer \(token)\u{1}\u{1}".utf8)]
        default: []
        }
    }

    /// What is sent when the server asks on after the last message: a failed OAuth sign-in explains itself and waits
    /// for an acknowledgement (RFC 7628, section 3.2.3; XOAUTH2 wants it empty).
    var acknowledgement: [UInt8] { self == .oauthBearer ? [1] : [] }

    private static func escaped(_ user: String) -> String {
        user.map { $0 == "=" ? "=3D" : $0 == "," ? "=2C" : String($0) }.joined()
    }
}

/// RFC 4648, section 4.
enum Base64Text {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        output.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let rest = bytes.count - index
            let group =
                UInt32(bytes[index]) << 16 | (rest > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
                | (rest > 2 ? UInt32(bytes[index + 2]) : 0)
            output.append(alphabet[Int(group >> 18 & 63)])
            output.append(alphabet[Int(group >> 12 & 63)])
            output.append(rest > 1 ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
            output.append(rest > 2 ? alphabet[Int(group & 63)] : UInt8(ascii: "="))
            index += 3
        }
        return String(decoding: output, as: UTF8.self)
    }
}
