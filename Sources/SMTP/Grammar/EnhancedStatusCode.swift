/// What a reply means in finer detail than its three digits: `5.7.8` (RFC 3463, section 2; the list is RFC 5248's).
public struct EnhancedStatusCode: Hashable, Sendable {
    public enum Class: Int, Sendable {
        case success = 2
        case persistentTransientFailure = 4
        case permanentFailure = 5
    }

    public let `class`: Class
    /// 0 to 999.
    public let subject: Int
    /// 0 to 999.
    public let detail: Int

    /// nil where a number is out of range.
    public init?(_ class: Class, _ subject: Int, _ detail: Int) {
        guard (0...999).contains(subject), (0...999).contains(detail) else { return nil }
        self.class = `class`
        self.subject = subject
        self.detail = detail
    }

    /// Reads `5.7.8`; nil for anything else, leading zeros included.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part -> Int? in
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                return nil
            }
            return part.utf8.count > 1 && part.hasPrefix("0") ? nil : Int(part)
        }
        guard parts.count == 3, numbers.count == 3, let `class` = Class(rawValue: numbers[0]) else { return nil }
        self.init(`class`, numbers[1], numbers[2])
    }

    /// The credentials are wrong (RFC 4954, section 6).
    public static let authenticationCredentialsInvalid = EnhancedStatusCode(.permanentFailure, 7, 8)!
    /// The mechanism is too weak for this user, who must sign in otherwise (RFC 4954, section 6); Google says so to ask
    /// for an application password.
    public static let authenticationMechanismTooWeak = EnhancedStatusCode(.permanentFailure, 7, 9)!
    /// The mechanism wants encryption first (RFC 4954, section 6).
    public static let encryptionRequiredForMechanism = EnhancedStatusCode(.permanentFailure, 7, 11)!
}

extension EnhancedStatusCode: CustomStringConvertible {
    public var description: String { "\(`class`.rawValue).\(subject).\(detail)" }
}
