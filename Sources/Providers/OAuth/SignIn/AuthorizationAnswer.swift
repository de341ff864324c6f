import CRM
import Foundation

/// What a provider sent the browser back with (RFC 6749, section 4.1.2).
public enum AuthorizationAnswer: Sendable {
    case code(Secret<String>, state: String)
    case refused(OAuthRefusal, state: String?)

    /// Octets of a query that is read: codes have up to some two thousand.
    static let limit = 16_384

    /// Reads the query of the redirect URI as it was called.
    ///
    /// Nil for what is no answer: neither code nor error, a code without a state, a parameter that stands twice, or
    /// something too long.
    public init?(query: String) {
        guard query.utf8.count <= Self.limit else { return nil }
        var values: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let value = Self.decoded(parts.count > 1 ? parts[1] : "") else {
                return nil
            }
            guard values.updateValue(value, forKey: name) == nil else { return nil }
        }
        if let error = values["error"], !error.isEmpty {
            let refusal = OAuthRefusal(
                error: error, description: values["error_description"] ?? "", subcode: values["error_subcode"])
            self = .refused(refusal, state: values["state"])
        } else if let code = values["code"], !code.isEmpty, let state = values["state"], !state.isEmpty {
            self = .code(Secret(code), state: state)
        } else {
            return nil
        }
    }

    /// Which pending sign-in it belongs to.
    public var state: String? {
        switch self {
        case .code(_, let state): state
        case .refused(_, let state): state
        }
    }

    private static func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }
}
