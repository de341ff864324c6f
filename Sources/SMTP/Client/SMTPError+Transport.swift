import Glibc
import NIOCore
import NIOPosix
import NIOSSL

extension SMTPError {
    /// From an error before there was a connection.
    init(connecting error: any Error) {
        switch error {
        case let error as NIOConnectionError:
            self =
                SMTPError(error.connectionErrors.map { SMTPError(connecting: $0.error) })
                ?? .cannotConnect(.hostUnknown)
        case let error as IOError:
            switch error.errnoCode {
            case ECONNREFUSED: self = .cannotConnect(.portClosed)
            case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN, EADDRNOTAVAIL: self = .cannotConnect(.unreachable)
            case ETIMEDOUT: self = .timedOut(.connecting)
            case ECONNRESET: self = .closed(.connecting)
            default: self = .cannotConnect(.other(String(describing: error)))
            }
        case ChannelError.connectTimeout: self = .timedOut(.connecting)
        case is NIOSSLExtraError: self = SMTPError(error, at: .tlsHandshake, certificate: nil)
        default: self = .cannotConnect(.other(String(describing: error)))
        }
    }

    /// Of several addresses that could not be connected to. The one that says most wins: a closed port is the person's
    /// to mend. nil where there is none.
    init?(_ failures: [SMTPError]) {
        guard let failure = failures.first(where: { $0 == .cannotConnect(.portClosed) }) ?? failures.first else {
            return nil
        }
        self = failure
    }

    /// From an error on a connection.
    /// - Parameter certificate: what the server showed, to tell an expired one from one that nobody vouches for.
    init(_ error: any Error, at stage: SMTPStage, certificate: NIOSSLCertificate?) {
        switch error {
        case is IOError, NIOSSLError.uncleanShutdown, NIOSSLError.handshakeFailed(.zeroReturn): self = .closed(stage)
        case NIOSSLError.handshakeFailed(.sslError([.eofDuringHandshake])): self = .closed(.tlsHandshake)
        case let error as NIOSSLExtraError
        where error == .failedToValidateHostname || error == .serverHostnameImpossibleToMatch:
            self = .tlsFailed(.nameMismatch)
        case NIOSSLError.unableToValidateCertificate, NIOSSLError.noCertificateToValidate:
            self = .tlsFailed(.untrusted)
        default: self = .tlsFailed(TLSFailure(handshake: error, certificate: certificate))
        }
    }
}

extension SMTPError.TLSFailure {
    init(handshake error: any Error, certificate: NIOSSLCertificate?) {
        // BoringSSL's names of its errors are part of its texts only.
        let reason = String(describing: error)
        if reason.contains("CERTIFICATE_VERIFY_FAILED") {
            let now = time(nil)
            switch certificate {
            case .some(let certificate) where certificate.notValidAfter < now: self = .expired
            case .some(let certificate) where certificate.notValidBefore > now: self = .notYetValid
            default: self = .untrusted
            }
        } else if reason.contains("WRONG_VERSION_NUMBER") || reason.contains("HTTP_REQUEST") {
            self = .notTLS
        } else {
            self = .handshake(reason)
        }
    }
}
