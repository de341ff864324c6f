import Foundation
import Mail
import Mirror

/// Reads a ``FakeMailbox`` in pages, the way an IMAP provider does.
public struct FakeMailSource: MailSource {
    let mailbox: FakeMailbox
    let pageSize: Int

    /// - Parameter pageSize: messages on a page; small ones make more checkpoints.
    public init(_ mailbox: FakeMailbox, pageSize: Int = 3) {
        self.mailbox = mailbox
        self.pageSize = pageSize
    }

    private struct Position: Codable {
        var validity: UInt32
        var next: UInt32
        /// All messages from here up to `next` were reported.
        var low: UInt32
        /// How many of those were there.
        var count: Int
        /// How many expunges had happened.
        var expunged: Int

        var checkpoint: Checkpoint { Checkpoint(bytes: Array((try? JSONEncoder().encode(self)) ?? Data())) }
    }

    private func folder(_ remote: RemoteFolder) throws -> FakeMailbox.Folder? {
        let action = mailbox.state.withLock { $0.beforeReading }
        action?(remote.path)
        return try mailbox.state.withLock { state in
            if let failure = state.failure { throw failure }
            if state.refused.contains(remote.path) {
                throw SourceError.folderUnreadable("The folder \(remote.name) does not open.")
            }
            return state.folders[remote.path]
        }
    }

    public func identity() async throws -> SourceIdentity {
        SourceIdentity(primaryAddress: nil, aliases: [], accountID: "fake", server: "Fake")
    }

    public func folders() async throws -> [RemoteFolder] {
        try mailbox.state.withLock { state in
            if let failure = state.failure { throw failure }
            return state.folders.filter { !state.hidden.contains($0.key) }.map { path, folder in
                RemoteFolder(
                    id: path, path: path, name: folder.name, role: folder.role,
                    epoch: FolderEpoch(String(folder.uidValidity)))
            }
        }
    }

    public func changes(
        in remote: RemoteFolder, since checkpoint: Checkpoint?,
        mirrored: @Sendable @escaping () async throws -> [RemoteMessageID],
        page: @Sendable @escaping (ChangePage) async throws -> Void
    ) async throws -> ChangesOutcome {
        guard let folder = try folder(remote) else { return .folderMissing }
        var position: Position
        if let checkpoint {
            guard let decoded = try? JSONDecoder().decode(Position.self, from: Data(checkpoint.bytes)) else {
                return .checkpointUnusable(.malformed)
            }
            guard decoded.validity == folder.uidValidity else { return .checkpointUnusable(.epochChanged) }
            position = decoded
            if position.next == folder.uidNext && position.expunged == folder.expunged.count && position.low == 1
                && mailbox.state.withLock({ $0.liesAboutVanished.isEmpty })
            {
                return .unchanged
            }
        } else {
            guard remote.epoch.rawValue == String(folder.uidValidity) else { return .checkpointUnusable(.epochChanged) }
            position = Position(
                validity: folder.uidValidity, next: folder.uidNext, low: folder.uidNext, count: 0,
                expunged: folder.expunged.count)
        }
        try await report(folder, isFirst: checkpoint == nil, position: &position, page: page)
        return .complete
    }

    private func report(
        _ folder: FakeMailbox.Folder, isFirst: Bool, position: inout Position, page: (ChangePage) async throws -> Void
    ) async throws {
        let uids = folder.messages.keys.sorted(by: >)
        let arrived = uids.filter { $0 >= position.next }
        let listing = RemoteListing.uids(uids.reversed().map { $0...$0 })
        let lies = mailbox.state.withLock { $0.liesAboutVanished }
        let vanished = folder.expunged[position.expunged...].filter { $0 >= position.low && $0 < position.next }
        let remaining = uids.filter { $0 < position.next && $0 >= position.low }.count
        let total = position.count - remaining
        var gone = Gone.reported(
            (vanished + lies.filter { folder.messages[$0] != nil }.sorted()).map(RemoteMessageID.init(uid:)),
            total: total)
        if isFirst || vanished.count != total { gone = .allExcept(listing, total: total) }
        let sawTransients = Int(folder.uidNext - position.next) > arrived.count
        position.count += arrived.count - total
        position.next = folder.uidNext
        position.expunged = folder.expunged.count
        let facts = describe(arrived, folder)
        try await page(
            ChangePage(
                present: facts.0, unreadable: facts.1, gone: gone, listed: uids.count, processed: position.count,
                sawTransients: sawTransients, isScanComplete: position.low == 1, checkpoint: position.checkpoint))

        var rest = uids.filter { $0 < position.low }
        while position.low > 1 {
            try await mailbox.state.withLock { $0.betweenPages }?()
            let window = Array(rest.prefix(pageSize))
            rest.removeFirst(window.count)
            position.low = rest.isEmpty ? 1 : (window.last ?? 1)
            position.count += window.count
            let facts = describe(window, folder)
            try await page(
                ChangePage(
                    present: facts.0, unreadable: facts.1, listed: uids.count, processed: position.count,
                    isScanComplete: position.low == 1, checkpoint: position.checkpoint))
        }
    }

    private func describe(_ uids: [UInt32], _ folder: FakeMailbox.Folder) -> ([MessageFact], [UnreadableMessage]) {
        let unreadable = mailbox.state.withLock { $0.unreadable }
        var facts: [MessageFact] = []
        var failed: [UnreadableMessage] = []
        for uid in uids {
            guard let message = folder.messages[uid] else { continue }
            if unreadable.contains(message.messageID) {
                failed.append(
                    UnreadableMessage(id: RemoteMessageID(uid: uid), reason: "The server answered with garbage."))
            } else {
                facts.append(
                    MessageFact(
                        id: RemoteMessageID(uid: uid), stableID: nil, internalDate: message.internalDate,
                        size: message.size,
                        headers: message.headers))
            }
        }
        return (facts, failed)
    }

    public func covers(_ checkpoint: Checkpoint, _ id: RemoteMessageID) -> Bool {
        guard let position = try? JSONDecoder().decode(Position.self, from: Data(checkpoint.bytes)), let uid = id.uid
        else {
            return false
        }
        return uid >= position.low && uid < position.next
    }

    public func listing(of remote: RemoteFolder) async throws -> RemoteListing {
        mailbox.state.withLock { $0.listings += 1 }
        guard let folder = try folder(remote) else { throw SourceError.folderMissing("The folder is gone.") }
        return .uids(folder.messages.keys.sorted().map { $0...$0 })
    }

    public func find(
        _ addresses: [EmailAddress], in remote: RemoteFolder, coveredBy checkpoint: Checkpoint,
        page: @Sendable @escaping ([MessageFact], [UnreadableMessage]) async throws -> Void
    ) async throws {
        guard let folder = try folder(remote) else { return }
        let position = try JSONDecoder().decode(Position.self, from: Data(checkpoint.bytes))
        guard position.validity == folder.uidValidity else { throw SourceError.transient("The folder changed.") }
        let keys = addresses.map(\.matchKey)
        let found = folder.messages.filter { uid, message in
            guard uid >= position.low && uid < position.next else { return false }
            let headers = message.headers
            return (headers.from + headers.to + headers.cc + headers.bcc).contains {
                keys.contains($0.emailAddress?.matchKey ?? "")
            }
        }
        let (present, unreadable) = describe(found.keys.sorted(), folder)
        try await page(present, unreadable)
    }

    public func describe(_ ids: [RemoteMessageID], in remote: RemoteFolder) async throws -> (
        present: [MessageFact], unreadable: [UnreadableMessage]
    ) {
        guard let folder = try folder(remote) else { return ([], []) }
        return describe(ids.compactMap(\.uid), folder)
    }

    public func texts(
        of messages: [RemoteReference],
        deliver: @Sendable @escaping (RemoteReference, Result<FetchedText, TextFailure>) async throws -> Void
    ) async throws {
        for reference in messages {
            let (message, fails) = try mailbox.state.withLock { state in
                if let failure = state.failure { throw failure }
                state.textRequests += 1
                let folder = state.folders[reference.folder.path]
                let isValid = folder.map { String($0.uidValidity) == reference.folder.epoch.rawValue } ?? false
                let message = isValid ? reference.id.uid.flatMap { folder?.messages[$0] } : nil
                return (message, message.map { state.unreadableTexts.contains($0.messageID) } ?? false)
            }
            guard let message else { continue }
            if fails {
                try await deliver(reference, .failure(TextFailure(reason: "The server answered with garbage.")))
            } else {
                let text = FetchedText(text: message.text, isTruncated: false, attachments: [], references: [])
                try await deliver(reference, .success(text))
            }
        }
    }

    public func locate(_ query: MessageQuery) async throws -> LocatedMessages {
        let folders = try await folders()
        let refused = mailbox.state.withLock { $0.refused }
        let messages = mailbox.state.withLock { state in
            folders.filter { !refused.contains($0.path) }.flatMap { remote in
                let messages = state.folders[remote.path]?.messages ?? [:]
                return messages.sorted { $0.key < $1.key }.compactMap { uid, message -> LocatedMessage? in
                    switch query {
                    case .messageID(let id):
                        guard message.messageID.contains(id) else { return nil }
                    case .subject(let words, _):
                        guard String(decoding: message.headers.subject, as: UTF8.self).contains(words) else {
                            return nil
                        }
                    }
                    return LocatedMessage(
                        folder: remote,
                        fact: MessageFact(
                            id: RemoteMessageID(uid: uid), stableID: nil, internalDate: message.internalDate,
                            size: message.size, headers: message.headers))
                }
            }
        }
        let unasked = folders.filter { refused.contains($0.path) }.map {
            UnaskedFolder(folder: $0, reason: "The folder \($0.name) does not open.")
        }
        return LocatedMessages(messages: messages, unasked: unasked)
    }

    public func waitForChange(limit: Duration) async throws -> ChangeHint {
        try await Task.sleep(for: limit)
        return .timeLimitReached
    }

    public func close() async {}
}
