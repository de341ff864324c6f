import IMAP
import Mirror
import Synchronization

/// What came of opening a folder for reading.
enum Opening {
    case opened(SelectedMailbox)
    /// The server says that there is no such mailbox.
    case missing

    /// - Throws: ``SourceError/folderUnreadable(_:)`` for a refusal that will last; ``IMAPError/refused(_:)`` for one
    ///   that will pass.
    static func open(
        _ folder: RemoteFolder, _ connection: IMAPConnection, since known: KnownState? = nil
    ) async throws -> Opening {
        do {
            return .opened(try await connection.examine(FolderPath.name(folder.path), since: known))
        } catch IMAPError.refused(let refusal) where !refusal.isTemporary {
            if refusal.saysMissing { return .missing }
            throw refusal.concerning(folder)
        }
    }

    /// Whether the UIDs in the opened folder are those that are known.
    static func isSame(_ selected: SelectedMailbox, _ folder: RemoteFolder) -> Bool {
        String(selected.uidValidity ?? 0) == folder.epoch.rawValue
    }

    /// Opens a folder whose UIDs must still be the ones that are known.
    /// - Throws: besides, ``SourceError/folderMissing(_:)``.
    @discardableResult
    static func openSame(_ folder: RemoteFolder, _ connection: IMAPConnection) async throws -> SelectedMailbox {
        guard case .opened(let selected) = try await open(folder, connection) else {
            throw SourceError.folderMissing("The folder \(folder.name) does not exist.")
        }
        guard isSame(selected, folder) else {
            throw SourceError.folderUnreadable("The folder \(folder.name) was made anew on the server.")
        }
        return selected
    }
}

extension CommandRefusal {
    /// For the folder that the command was about, where the others can be read.
    func concerning(_ folder: RemoteFolder) -> SourceError {
        .folderUnreadable(
            command == "EXAMINE"
                ? "The server does not open the folder \(folder.name)."
                : "The server opens the folder \(folder.name) and refuses to read it out.")
    }
}

/// Tells a folder that is refused from a server that refuses everything, by asking for other folders. The first keeps
/// the other folders from nothing; the second is left alone for a while.
final class RefusalScope: Sendable {
    private struct State {
        var listed: [MailboxName] = []
        var lastRead: MailboxName?
    }

    /// So many other folders are asked for; a server that refuses all of them is taken to refuse every folder.
    private static let probes = 3

    private let state = Mutex(State())

    func listed(_ names: [MailboxName]) { state.withLock { $0.listed = Array(names.prefix(Self.probes + 1)) } }

    /// Reads a folder. A refusal that concerns it alone becomes ``SourceError/folderUnreadable(_:)``.
    func reading<Result>(
        _ folder: RemoteFolder, _ connection: IMAPConnection, _ work: () async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await work()
            if await connection.session.selected?.name == FolderPath.name(folder.path) {
                state.withLock { $0.lastRead = FolderPath.name(folder.path) }
            }
            return result
        } catch IMAPError.refused(let refusal) where !refusal.asksForPause {
            guard try await readsOther(than: folder, connection, refusal) else { throw IMAPError.refused(refusal) }
            throw refusal.concerning(folder)
        }
    }

    private func readsOther(
        than folder: RemoteFolder, _ connection: IMAPConnection, _ refusal: CommandRefusal
    ) async throws -> Bool {
        let refused = FolderPath.name(folder.path)
        let (listed, lastRead) = state.withLock { ($0.listed, $0.lastRead) }
        var candidates: [MailboxName] = []
        for name in [lastRead, .inbox].compactMap({ $0 }) + listed {
            let isRefused = name == refused || name.isInbox && refused.isInbox
            if !isRefused, !candidates.contains(name) { candidates.append(name) }
        }
        for name in candidates.prefix(Self.probes) {
            do {
                _ = try await connection.examine(name)
                if refusal.command != "EXAMINE" { _ = try await connection.search("UID 1") }
                return true
            } catch IMAPError.refused(let other) {
                if other.asksForPause { throw IMAPError.refused(other) }
            }
        }
        return false
    }
}
