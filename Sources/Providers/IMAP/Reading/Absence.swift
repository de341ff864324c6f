import IMAP

/// Which messages are gone for certain. A message is taken off the cards for it, so one question is not enough:
/// searches have come back empty for messages that were there.
enum Absence {
    /// UIDs in one question: fits in a command line.
    private static let questions = 500

    /// Those of `uids` that the server neither finds nor fetches.
    /// - Throws: ``IMAPError`` when it refuses to say.
    static func confirm(_ uids: UIDSet, _ connection: IMAPConnection) async throws -> UIDSet {
        var missing: [ClosedRange<UInt32>] = []
        for window in uids.windows(of: questions) {
            missing += window.subtracting(try await connection.plausibleSearch("UID \(window)")).ranges
        }
        var absent: [ClosedRange<UInt32>] = []
        for window in UIDSet(ranges: missing).windows(of: questions) {
            absent += try await unfetched(window, connection).ranges
        }
        return UIDSet(ranges: absent)
    }

    private static func unfetched(_ uids: UIDSet, _ connection: IMAPConnection) async throws -> UIDSet {
        let page = try await connection.fetch(FetchRequest(uids, "FLAGS"))
        guard !page.unparsable.contains(where: { $0.uppercased().contains("FETCH") }) else {
            throw await connection.violation("UID FETCH was answered by something that is not understood")
        }
        let rest = uids.subtracting(UIDSet(page.messages.compactMap(\.uid)))
        guard page.status.status != .ok else { return rest }
        // Some answer NO where nothing is left to fetch. It says nothing else, so the first question is asked again.
        let refusal = CommandRefusal(page)
        guard refusal.status == .no, !refusal.isTemporary else { throw IMAPError.refused(refusal) }
        return rest.subtracting(try await connection.plausibleSearch("UID \(rest)"))
    }
}

extension CommandRefusal {
    init(_ page: FetchedPage) {
        self.init(
            command: "UID FETCH", status: page.status.status, code: page.status.code?.name, text: page.status.text)
    }
}
