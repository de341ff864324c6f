import IMAP
import Mirror
import Wording

extension IMAPMailSource {
    /// Messages whose texts are asked for at once.
    private static let textWindow = 500

    public func texts(
        of messages: [RemoteReference],
        deliver: @Sendable @escaping (RemoteReference, Result<FetchedText, TextFailure>) async throws -> Void
    ) async throws {
        for (folder, references) in Dictionary(grouping: messages, by: \.folder) {
            let uids = UIDSet(references.compactMap(\.id.uid))
            let interruptions = Interruptions()
            var open = Array(uids.windows(of: Self.textWindow).reversed())
            try await meaning {
                while let window = open.popLast() {
                    interruptions.begin(window)
                    do {
                        try await readTexts(window, in: folder, deliver: deliver)
                    } catch let error as IMAPError where interruptions.goesOn(after: error) {
                        _ = try await connections.beside { try await $0.noop() }
                        if window.count == 1 {
                            let reason: Phrase =
                                "The server hangs up or falls silent when it is asked for the text of this message."
                            try await fail(window, in: folder, TextFailure(reason: reason), deliver)
                        } else {
                            open += window.windows(of: (window.count + 1) / 2)
                        }
                    }
                }
            }
        }
    }

    private func readTexts(
        _ uids: UIDSet, in folder: RemoteFolder,
        deliver: @Sendable @escaping (RemoteReference, Result<FetchedText, TextFailure>) async throws -> Void
    ) async throws {
        do {
            try await connections.beside { connection in
                try await self.refusals.reading(folder, connection) {
                    guard try await Self.isThere(folder, connection) else { return }
                    try await TextReading(connection: connection, folder: folder, deliver: deliver).run(uids)
                }
            }
        } catch SourceError.folderUnreadable(let reason) {
            try await fail(uids, in: folder, TextFailure(reason: reason, concernsFolder: true), deliver)
        }
    }

    private func fail(
        _ uids: UIDSet, in folder: RemoteFolder, _ failure: TextFailure,
        _ deliver: (RemoteReference, Result<FetchedText, TextFailure>) async throws -> Void
    ) async throws {
        for uid in uids.uids {
            let reference = RemoteReference(folder: folder, id: RemoteMessageID(uid: uid))
            try await deliver(reference, .failure(failure))
        }
    }

    /// Opens the folder. False where it went or was made anew; its next reading finds out, and these messages with it.
    private static func isThere(_ folder: RemoteFolder, _ connection: IMAPConnection) async throws -> Bool {
        // Dovecot reads the list of all UIDs whenever a Maildir folder is opened: 0.1 s for 60,000 messages.
        if let selected = await connection.session.selected, selected.name == FolderPath.name(folder.path),
            Opening.isSame(selected, folder)
        {
            // Tells of what came since.
            _ = try await connection.noop()
            return true
        }
        guard case .opened(let selected) = try await Opening.open(folder, connection) else { return false }
        return Opening.isSame(selected, folder)
    }
}
