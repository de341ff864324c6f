import Foundation
import Glibc

/// A certificate authority of a test and a server certificate that it signed.
public struct TestCertificate: Sendable {
    public enum Validity: Sendable {
        case current
        case expired
    }

    /// PEM files. A client that trusts `authority` trusts the server.
    public let authority: URL
    public let certificate: URL
    public let key: URL

    private let folder: TemporaryFolder

    /// - Parameter names: the host names and IP addresses that the certificate is for.
    public init(for names: [String] = ["localhost", "127.0.0.1"], validity: Validity = .current) throws(TestServerError)
    {
        let openssl = "/usr/bin/openssl"
        try Command.require(openssl)
        folder = try TemporaryFolder("tls")
        authority = folder.file("authority.pem")
        certificate = folder.file("server.pem")
        key = folder.file("server.key")
        let alternatives = names.map {
            $0.allSatisfy { $0.isNumber || $0 == "." || $0 == ":" } ? "IP:\($0)" : "DNS:\($0)"
        }
        try folder.write(
            """
            subjectAltName=\(alternatives.joined(separator: ","))
            basicConstraints=critical,CA:FALSE
            extendedKeyUsage=serverAuth
            """, to: "extensions")
        let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        try Command.run(
            [openssl, "req", "-x509"] + curve
                + [
                    "-keyout", "authority.key", "-out", "authority.pem", "-subj", "/CN=Authority of the tests", "-days",
                    "2",
                ],
            in: folder.url)
        try Command.run(
            [openssl, "req"] + curve + ["-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=\(names[0])"],
            in: folder.url)
        // A certificate that "ends" before it begins is refused as expired by every verifier.
        let days = validity == .current ? "2" : "-1"
        try Command.run(
            [openssl, "x509", "-req", "-in", "server.csr", "-CA", "authority.pem", "-CAkey", "authority.key"]
                + ["-CAcreateserial", "-days", days, "-extfile", "extensions", "-out", "server.pem"],
            in: folder.url)
        // The servers read it as another user; it protects nothing but a test.
        guard chmod(key.path, 0o644) == 0 else { throw .lastError(of: "chmod") }
    }

    /// The certificate chain and key as PEM text.
    public var certificatePEM: String { get throws { try String(contentsOf: certificate, encoding: .utf8) } }
    public var keyPEM: String { get throws { try String(contentsOf: key, encoding: .utf8) } }
}
