extension IMAPConnection {
    /// What a quiet check asks of each mailbox. MAILBOXID (RFC 8474) is not asked for: Cyrus 3.6 answers with whatever
    /// stands in its memory.
    private static let statusItems = "MESSAGES UIDNEXT UIDVALIDITY"

    /// All mailboxes, with their STATUS where the server gives it along with LIST (RFC 5819): one round trip then.
    ///
    /// Mailboxes whose names are longer or deeper than ``MailboxName/octetLimit`` and ``MailboxName/levelLimit`` are left
    /// out, which is logged.
    /// - Throws: ``IMAPError/protocolViolation(_:)`` for more than ``MailboxListing/listLimit`` mailboxes. What a list
    ///   does not name is taken for deleted, so a part of it is worse than none.
    public func list() async throws -> [MailboxListing] {
        try await deselect()
        var listings: [MailboxListing] = []
        var positions: [MailboxName: Int] = [:]
        var statuses: [MailboxName: MailboxStatusData] = [:]
        var command = Command("LIST", #""" "*""#)
        let returnsStatus = session.can(.listStatus)
        var options: [String] = []
        if session.can(.specialUse), session.can(.listExtended) || returnsStatus { options.append("SPECIAL-USE") }
        if returnsStatus { options.append("STATUS (\(Self.statusItems))") }
        if !options.isEmpty { command.append(" RETURN (\(options.joined(separator: " ")))") }
        var leftOut = 0
        try await run(command) { response in
            switch response {
            case .list(let listing) where !listing.isReasonable:
                leftOut += 1
                if leftOut == 1 {
                    logger.warning(
                        "A mailbox is left out for its name",
                        metadata: [
                            "octets": "\(listing.name.bytes.count)",
                            "name": "\(String(decoding: listing.name.bytes.prefix(80), as: UTF8.self))",
                        ])
                }
            case .list(let listing):
                // Some list a mailbox once for each of its special uses.
                if let position = positions[listing.name] {
                    listings[position].add(listing.attributes)
                } else {
                    try Self.demandRoom(listings.count)
                    positions[listing.name] = listings.count
                    listings.append(listing)
                }
            case .mailboxStatus(let name, let status):
                try Self.demandRoom(statuses.count)
                statuses[name] = status
            default: break
            }
        }
        if leftOut > 1 { logger.warning("\(leftOut) mailboxes are left out for their names") }
        for (name, status) in statuses { if let position = positions[name] { listings[position].status = status } }
        return listings
    }

    private static func demandRoom(_ count: Int) throws {
        guard count < MailboxListing.listLimit else {
            throw IMAPError.protocolViolation("more than \(MailboxListing.listLimit) mailboxes")
        }
    }

    /// The prefixes of mailboxes that belong to other people or to groups (RFC 2342), so that they can be left out.
    public func foreignPrefixes() async throws -> [[UInt8]] {
        if let knownForeignPrefixes { return knownForeignPrefixes }
        guard session.can(.namespace) else { return [] }
        var prefixes: [[UInt8]] = []
        do {
            try await run(Command("NAMESPACE")) { response in
                // Some servers name their own users' prefix among the others as well.
                if case .namespace(let namespace) = response {
                    prefixes = (namespace.others + namespace.shared).filter { !namespace.personal.contains($0) }
                }
            }
        } catch IMAPError.refused {}
        let result = prefixes.filter { !$0.isEmpty }
        knownForeignPrefixes = result
        return result
    }

    /// Closes what is open. Dovecot answers STATUS about the selected mailbox from what the session has seen, so news
    /// of it would be missed (RFC 9051, section 6.3.11, discourages asking).
    ///
    /// CLOSE removes nothing from a mailbox opened by EXAMINE (section 6.4.1); UNSELECT never does (section 6.4.2).
    func deselect() async throws {
        guard session.state == .selected else { return }
        try await run(Command(session.can("UNSELECT") || session.can(.imap4rev2) ? "UNSELECT" : "CLOSE"))
        session.deselected()
    }

    /// STATUS of many mailboxes, sent together.
    public func statuses(of names: [MailboxName]) async throws -> [MailboxStatusData?] {
        try await deselect()
        var results: [MailboxStatusData?] = []
        for chunk in stride(from: 0, to: names.count, by: 50).map({ names[$0..<min($0 + 50, names.count)] }) {
            var pending: [(name: MailboxName, tag: String)] = []
            for name in chunk {
                var command = Command("STATUS")
                command.append(string: name.bytes, isUTF8: usesUTF8)
                command.append(" (\(Self.statusItems))")
                // While the server's leave for a literal is awaited, answers to earlier commands would be passed over.
                if command.waits(capabilities: literalCapabilities) {
                    for (name, tag) in pending { results.append(try await status(of: name, tag: tag)) }
                    pending = []
                }
                pending.append((name, try await send(command)))
            }
            for (name, tag) in pending { results.append(try await status(of: name, tag: tag)) }
        }
        return results
    }

    private func status(of name: MailboxName, tag: String) async throws -> MailboxStatusData? {
        var data: MailboxStatusData?
        let status = try await completion(of: tag) { response in
            // News of other mailboxes may come in between (RFC 5465, section 5).
            if case .mailboxStatus(let named, let found) = response, named == name || named.isInbox && name.isInbox {
                data = found
            }
        }
        return status.status == .ok ? data : nil
    }

    /// Opens a mailbox for reading (RFC 9051, section 6.3.3).
    /// - Parameter since: what is known of it, for QRESYNC; the vanished messages are then in the answer.
    public func examine(_ name: MailboxName, since known: KnownState? = nil) async throws -> SelectedMailbox {
        var command = Command("EXAMINE")
        command.append(string: name.bytes, isUTF8: usesUTF8)
        if let known, session.enabled.contains(.qresync) {
            // The explicit range: Cyrus once took 1:* wrongly.
            command.append(" (QRESYNC (\(known.uidValidity) \(known.modSequence) 1:\(max(known.uidNext, 2) - 1)))")
        }
        session.selecting(name)
        do {
            try await run(command)
        } catch {
            session.deselected()
            throw error
        }
        // Without EXISTS (required by RFC 9051, section 6.3.2) the mailbox would look empty.
        guard let selected = session.selected, selected.knowsExists else {
            close()
            throw IMAPError.protocolViolation("EXAMINE was answered without EXISTS")
        }
        return selected
    }

    /// NOOP: lets the server tell what changed in the selected mailbox.
    public func noop() async throws -> SelectedMailbox? {
        try await run(Command("NOOP"))
        return session.selected
    }

    /// Whether mailbox names and header fields come in UTF-8 (RFC 6855).
    public var usesUTF8: Bool { session.enabled.contains(.utf8Accept) || session.enabled.contains(.imap4rev2) }
}

/// Up to where a mailbox is known (RFC 7162, section 3.2.5).
public struct KnownState: Hashable, Sendable {
    public let uidValidity: UInt32
    public let modSequence: UInt64
    public let uidNext: UInt32

    public init(uidValidity: UInt32, modSequence: UInt64, uidNext: UInt32) {
        self.uidValidity = uidValidity
        self.modSequence = modSequence
        self.uidNext = uidNext
    }
}
