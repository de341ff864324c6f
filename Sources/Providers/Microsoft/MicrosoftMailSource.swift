import Foundation
import Logging
import Mail
import Mirror
import OAuth
import Synchronization

/// A mailbox of Microsoft 365. Everything is asked for with GET; nothing here alters it.
public final class MicrosoftMailSource: MailSource {
    let graph: GraphClient
    let tree: FolderTree
    private let isSignedIn: Bool
    /// Seconds since 1970 UTC.
    let now: @Sendable () -> Int64
    private let pace: MicrosoftPace
    private let hints: AsyncStream<Void>
    private let hint: AsyncStream<Void>.Continuation
    let logger: Logger

    init(
        graph: GraphClient, tree: FolderTree, isSignedIn: Bool, now: @escaping @Sendable () -> Int64,
        pace: MicrosoftPace, logger: Logger
    ) {
        self.graph = graph
        self.tree = tree
        self.isSignedIn = isSignedIn
        self.now = now
        self.pace = pace
        self.logger = logger
        // Several hints that nobody has taken yet are one.
        (hints, hint) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    // MARK: What failures mean

    /// Errors on the way become what they mean for the mailbox.
    func meaning<Result>(_ work: () async throws -> Result) async throws -> Result {
        guard isSignedIn else { throw SourceError.signInNeeded(.credentialsUnreadable) }
        do {
            return try await work()
        } catch let fault as GraphFault {
            throw SourceError(fault)
        } catch let fault as OAuthFault {
            throw SourceError(fault)
        } catch let failure as WebFailure {
            throw SourceError(failure)
        }
    }

    /// As ``meaning(_:)``, for what concerns one folder: where Graph refuses that alone, it is the folder's trouble.
    func reading<Result>(_ folder: RemoteFolder, _ work: () async throws -> Result) async throws -> Result {
        try await meaning {
            do {
                return try await work()
            } catch let fault as GraphFault where fault.isMissing {
                throw SourceError.folderMissing("The folder \(folder.name) is gone.")
            } catch let fault as GraphFault where fault.isLasting {
                logger.notice(
                    "Graph refuses a folder",
                    metadata: [
                        "folder": .string(folder.path), "status": "\(fault.status)", "code": .string(fault.code),
                        "words": .string(fault.message),
                    ])
                // Where the inbox is refused as well, it is the mailbox's.
                _ = try await graph.get(
                    GraphTarget("me/mailFolders/inbox/messages", [("$select", "id"), ("$top", "1")]),
                    as: GraphPage<GraphName>.self)
                throw SourceError.folderUnreadable("Microsoft does not open the folder \(folder.name).")
            }
        }
    }

    // MARK: Who and where

    private struct Profile: Decodable {
        let id: String
        let mail, userPrincipalName: String?
        let proxyAddresses: [String]?
    }

    public func identity() async throws -> SourceIdentity {
        let profile: Profile = try await meaning {
            try await graph.get(GraphTarget("me", [("$select", "id,mail,userPrincipalName,proxyAddresses")]))
        }
        let addresses = (profile.proxyAddresses ?? []).filter { $0.lowercased().hasPrefix("smtp:") }
        // In upper case it is the primary one (Exchange, "proxyAddresses"). `mail` may be empty, and the name that a
        // person signs in with need not be an address of theirs.
        let primary =
            addresses.first { $0.hasPrefix("SMTP:") }.flatMap { EmailAddress(String($0.dropFirst(5))) }
            ?? [profile.mail, profile.userPrincipalName].lazy.compactMap { $0 }.compactMap { EmailAddress($0) }.first
        let all =
            addresses.compactMap { EmailAddress(String($0.dropFirst(5))) }
            + [profile.mail].compactMap { $0 }
            .compactMap { EmailAddress($0) }
        var seen: Set<String> = primary.map { [$0.matchKey] } ?? []
        return SourceIdentity(
            primaryAddress: primary, aliases: all.filter { seen.insert($0.matchKey).inserted }, accountID: profile.id,
            server: "Microsoft 365")
    }

    public func folders() async throws -> [RemoteFolder] {
        _ = try await meaning { try await tree.list() }
        return await tree.folders
    }

    // MARK: Reading

    public func changes(
        in folder: RemoteFolder, since checkpoint: Checkpoint?,
        mirrored: @Sendable @escaping () async throws -> [RemoteMessageID],
        page: @Sendable @escaping (ChangePage) async throws -> Void
    ) async throws -> ChangesOutcome {
        do {
            return try await reading(folder) {
                try await FolderScan(graph: graph, tree: tree, folder: folder, mirrored: mirrored, deliver: page)
                    .run(since: checkpoint)
            }
        } catch SourceError.folderMissing {
            return .folderMissing
        }
    }

    /// An id tells nothing of when the message came, so everything counts as covered once a folder was read.
    public func covers(_ checkpoint: Checkpoint, _ id: RemoteMessageID) -> Bool {
        MicrosoftCheckpoint(checkpoint)?.isScanned ?? false
    }

    public func listing(of folder: RemoteFolder) async throws -> RemoteListing {
        try await reading(folder) {
            .digests(Set(try await CompleteListing(graph: graph, folder: folder).read().map(\.digest)))
        }
    }

    public func describe(_ ids: [RemoteMessageID], in folder: RemoteFolder) async throws -> (
        present: [MessageFact], unreadable: [UnreadableMessage]
    ) {
        try await reading(folder) {
            var present: [MessageFact] = []
            var unreadable: [UnreadableMessage] = []
            for (_, presence) in try await Presence.of(ids, in: folder.id, graph) {
                switch presence {
                case .here(let fact): present.append(fact)
                case .unreadable(let message): unreadable.append(message)
                case .gone, .elsewhere: continue
                }
            }
            await tree.note(found: present.map(\.id), in: folder.id)
            return (present, unreadable)
        }
    }

    // MARK: Waiting

    /// Ends the present wait: somebody, such as a subscription, says that there may be news.
    public func pushed() { hint.yield() }

    public func waitForChange(limit: Duration) async throws -> ChangeHint {
        let end = ContinuousClock.now + limit
        while true {
            let rest = ContinuousClock.now.duration(to: end)
            if rest <= .zero { return .timeLimitReached }
            if try await isPushed(within: min(rest, pace.pollInterval)) { return .changed }
            // Whoever waited to the end looks in any case.
            guard ContinuousClock.now < end else { return .timeLimitReached }
            if try await meaning({ try await tree.list() }) { return .changed }
        }
    }

    private func isPushed(within limit: Duration) async throws -> Bool {
        let hints = hints
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                for await _ in hints { return true }
                // Cancelled, or closed.
                try Task.checkCancellation()
                try await Task.sleep(for: limit)
                return false
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return false
            }
            defer { group.cancelAll() }
            return try await group.next() ?? false
        }
    }

    public func close() async { hint.finish() }
}

extension GraphFault {
    /// Refused for itself: asking again makes no difference.
    fileprivate var isLasting: Bool {
        (400..<500).contains(status) && !isThrottling && !isTokenRefused && !isPassing && !concernsMailbox
    }
}
