import Foundation
import NIOCore

/// Why the server cannot listen where it was told to.
public enum ListeningError: Error, Hashable, Sendable {
    case portTaken(Int)
    case notAllowed(Int)
    case noSuchAddress(String)

    /// Nil for an error of another kind.
    public init?(_ error: any Error, host: String, port: Int) {
        if error is SocketAddressError || error is SocketAddressError.UnknownHost {
            self = .noSuchAddress(host)
            return
        }
        guard let error = error as? IOError else { return nil }
        switch error.errnoCode {
        case EADDRINUSE: self = .portTaken(port)
        case EACCES, EPERM: self = .notAllowed(port)
        case EADDRNOTAVAIL: self = .noSuchAddress(host)
        default: return nil
        }
    }

    public var sentence: String {
        switch self {
        case .portTaken(let port):
            "Port \(port) is taken by another program, perhaps by another Mailcard. Stop that one, or choose another port with --port."
        case .notAllowed(let port):
            "This account may not listen on port \(port). Choose one above 1023 with --port."
        case .noSuchAddress(let host):
            "This computer has no address “\(host)”. Choose another with --host; 127.0.0.1 always works."
        }
    }
}
