import IMAP

/// Numbers of a server are believed as far as they can be: a mailbox may stand on any host, and what it says becomes
/// sets, windows and counters here.
enum Plausibility {
    /// Messages that a folder may count. The largest that are known of hold some millions.
    static let messageLimit = 1 << 24
    /// Folders that a mailbox may list. The largest that are known of have some thousands.
    static let folderLimit = 100_000
    /// By so many messages a search may find more than the server counts: they came, and EXISTS has not told yet, or
    /// they left, and EXPUNGE has not.
    static let slack = 1000

    /// The lowest UID that a later message can have.
    /// - Throws: ``IMAPError/protocolViolation(_:)`` above the highest UID that there is (RFC 9051, section 2.3.1.1):
    ///   UIDNEXT could not be told.
    static func next(after uid: UInt32?) throws -> UInt32 {
        guard let uid else { return 1 }
        guard uid < .max else { throw IMAPError.protocolViolation("a message with the last UID that there is") }
        return uid + 1
    }
}

extension IMAPConnection {
    /// As ``search(_:strings:)``, of UIDs in `range`. An answer with more messages than the mailbox can hold is none.
    func plausibleSearch(
        _ criteria: String, strings: [[UInt8]] = [], within range: ClosedRange<UInt32> = 1...UInt32.max
    ) async throws -> UIDSet {
        let found = try await search(criteria, strings: strings).intersection(range)
        guard found.count <= (session.selected?.exists ?? 0) + Plausibility.slack else {
            throw violation("UID SEARCH found \(found.count) messages")
        }
        return found
    }

    /// Ends the connection for what the server said on it.
    func violation(_ reason: String) -> IMAPError {
        close()
        return .protocolViolation(reason)
    }
}
