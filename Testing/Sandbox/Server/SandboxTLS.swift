import NIOSSL

/// The certificate that a sandbox shows, from PEM files.
public struct SandboxTLS: Sendable {
    let configuration: TLSConfiguration

    public init(certificatePath: String, keyPath: String) throws {
        let chain = try NIOSSLCertificate.fromPEMFile(certificatePath).map { NIOSSLCertificateSource.certificate($0) }
        let key = try NIOSSLPrivateKey(file: keyPath, format: .pem)
        configuration = .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
    }
}
