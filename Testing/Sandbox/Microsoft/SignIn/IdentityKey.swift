import Crypto
import CryptoExtras
import Foundation

/// The key that signs tokens (RS256), and its public half as a key set (RFC 7517).
struct IdentityKey: Sendable {
    let id: String
    private let key: _RSA.Signing.PrivateKey

    init() throws {
        key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        id = Self.base64URL(Data(SHA256.hash(data: key.publicKey.derRepresentation)).prefix(20))
    }

    func sign(_ claims: JSONValue) throws -> String {
        let header: JSONValue = ["typ": "JWT", "alg": "RS256", "kid": .string(id)]
        let signed = "\(Self.base64URL(header.data)).\(Self.base64URL(claims.data))"
        let signature = try key.signature(for: Data(signed.utf8), padding: .insecurePKCS1v1_5)
        return "\(signed).\(Self.base64URL(signature.rawRepresentation))"
    }

    var keySet: JSONValue {
        get throws {
            let primitives = try key.publicKey.getKeyPrimitives()
            return [
                "keys": [
                    [
                        "kty": "RSA", "use": "sig", "kid": .string(id), "x5t": .string(id),
                        "n": .string(Self.base64URL(primitives.modulus)),
                        "e": .string(Self.base64URL(primitives.publicExponent)),
                    ]
                ]
            ]
        }
    }

    static func base64URL(_ data: some DataProtocol) -> String {
        Data(data).base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    /// The challenge of a verifier (RFC 7636, section 4.2).
    static func challenge(of verifier: String) -> String { base64URL(Data(SHA256.hash(data: Data(verifier.utf8)))) }
}
