import NIOSSL

/// Whether a certificate names a host (RFC 9525, section 6.3).
///
/// NIOSSL verifies the chain and the name, but takes a certificate for the peer's IP address in place of one for the
/// host. Whoever can forge an answer of the DNS could then show one for an address of their own, so the name is checked
/// here once more.
public enum CertificateNames {
    /// Whether one of the DNS names in the certificate is that of the host.
    public static func match(_ host: String, in certificate: NIOSSLCertificate) -> Bool {
        let names = certificate._subjectAlternativeNames()
        return names.contains { name in
            name.nameType == .dnsName && match(host, String(decoding: name.contents, as: UTF8.self))
        }
    }

    /// - Parameter name: as the certificate has it: a host name, or one whose whole first label is `*`, which stands
    ///   for exactly one label.
    public static func match(_ host: String, _ name: String) -> Bool {
        let host = labels(host)
        let name = labels(name)
        guard host.count == name.count, !host.contains("") else { return false }
        // "*.com" stands for nobody.
        if name.first == "*", name.count > 2 { return host.dropFirst() == name.dropFirst() }
        return host == name
    }

    private static func labels(_ name: String) -> [Substring] {
        let name = name.lowercased()
        return (name.hasSuffix(".") ? name.dropLast() : name[...]).split(
            separator: ".", omittingEmptySubsequences: false)
    }
}
