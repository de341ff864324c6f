/// The code in brackets of a status response (RFC 9051, section 7.1), its name in upper case.
public struct ResponseCode: Hashable, Sendable {
    public let name: String
    /// What follows the name.
    public let argument: String

    init(name: String, argument: String) {
        self.name = name
        self.argument = argument
    }
}

/// OK, NO, BAD, BYE, PREAUTH.
public enum ResponseStatus: String, Hashable, Sendable {
    case ok = "OK"
    case no = "NO"
    case bad = "BAD"
    case bye = "BYE"
    case preauth = "PREAUTH"
}

/// A status response.
public struct StatusResponse: Hashable, Sendable {
    public let status: ResponseStatus
    public let code: ResponseCode?
    /// For people and logs; at most ``textLimit``.
    public let text: String

    /// In characters: a long address of a help page fits.
    static let textLimit = 1000
}
