import Foundation
import IMAP
import IMAPProvider
import Logging
import Mirror
import Networking
import Synchronization

final class TestClock: Sendable {
    let ahead = Mutex<Int64>(0)
    var now: Int64 { Int64(Date().timeIntervalSince1970) + ahead.withLock { $0 } }
}

final class Flag: Sendable {
    private let state = Mutex(false)

    var value: Bool {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}

extension MailboxStatus {
    var sentence: String {
        switch self {
        case .throttled(_, let reason), .retrying(_, let reason), .signInNeeded(let reason), .misconfigured(let reason):
            reason.english
        case .connecting: "connecting"
        case .firstSync: "first sync"
        case .upToDate: "up to date"
        case .paused: "paused"
        }
    }
}

extension IMAPDeadlines {
    static var short: IMAPDeadlines {
        var deadlines = IMAPDeadlines()
        deadlines.connect = .seconds(5)
        deadlines.signIn = .seconds(2)
        deadlines.silence = .seconds(2)
        return deadlines
    }
}

extension IMAPMailProvider {
    static func incidents(
        _ deadlines: IMAPDeadlines = .short, connecting: ConnectingDeadlines = ConnectingDeadlines(),
        certificateAuthorities: String? = nil
    ) -> IMAPMailProvider {
        IMAPMailProvider(
            network: NetworkPolicy(allowsPrivateNetworks: true), certificateAuthorities: certificateAuthorities,
            deadlines: deadlines, connecting: connecting,
            logger: .incidents)
    }
}

extension MailboxSettings {
    static func loopback(imap port: Int, smtp: Int? = nil, address: String = ann) -> MailboxSettings {
        MailboxSettings(
            address: address, imap: ServerEndpoint(host: "127.0.0.1", port: port, security: .cleartext),
            smtp: ServerEndpoint(host: "127.0.0.1", port: smtp ?? port, security: .cleartext))
    }
}

extension Logger {
    static var incidents: Logger {
        var logger = Logger(label: "test")
        logger.logLevel =
            ProcessInfo.processInfo.environment["MAILCARD_TEST_LOG"].flatMap(Logger.Level.init(rawValue:)) ?? .critical
        return logger
    }
}
