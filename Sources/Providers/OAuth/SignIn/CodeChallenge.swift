import Crypto
import Foundation

/// What proves at the token endpoint that whoever brings a code is who asked for it (RFC 7636).
public enum CodeChallenge {
    /// The S256 challenge of a verifier (RFC 7636, section 4.2).
    public static func s256(_ verifier: String) -> String {
        Base64URL.encode(Array(SHA256.hash(data: Data(verifier.utf8))))
    }
}

/// Base64 for URLs without padding (RFC 4648, section 5).
enum Base64URL {
    static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var text = String(text).replacing("-", with: "+").replacing("_", with: "/")
        while text.utf8.count % 4 != 0 { text += "=" }
        return Data(base64Encoded: text).map(Array.init)
    }
}
