import NIOSSL

/// The certificate that a scripted server shows, from PEM files.
public struct ScriptTLS: Sendable {
    private let context: NIOSSLContext

    public init(certificatePath: String, keyPath: String) throws {
        let chain = try NIOSSLCertificate.fromPEMFile(certificatePath).map { NIOSSLCertificateSource.certificate($0) }
        let key = try NIOSSLPrivateKey(file: keyPath, format: .pem)
        context = try NIOSSLContext(
            configuration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key)))
    }

    func handler() -> NIOSSLServerHandler { NIOSSLServerHandler(context: context) }
}
