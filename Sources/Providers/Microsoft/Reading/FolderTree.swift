import Foundation
import Mirror
import OAuth

/// The folders of a mailbox, as Graph listed them last, and how far each was read since.
///
/// The delta of folders without a token is one flat list of all of them with their counts, usually in one answer. A
/// folder whose counts did not move since it was read is not asked about; but counts can agree by chance, as one
/// message comes and another goes, so they are believed for some minutes only.
actor FolderTree {
    struct Entry: Sendable {
        var name: String
        var parent: String
        var total: Int
        var unread: Int
        var isSearch: Bool
        var role: FolderRole
    }

    /// How a folder stood when it was read last.
    private struct Reading {
        let total: Int
        let unread: Int
        let link: String
        let at: ContinuousClock.Instant
    }

    private let graph: GraphClient
    private let instant: @Sendable () -> ContinuousClock.Instant
    private(set) var entries: [String: Entry] = [:]
    private var wellKnown: [String: WellKnownFolder] = [:]
    private var resolvedAt: ContinuousClock.Instant?
    private var readings: [String: Reading] = [:]
    /// Messages of the mirror that were seen in a folder by another way than its own delta, by folder.
    private var expected: [String: Set<RemoteMessageID>] = [:]
    /// What searches found since the folder was read, by folder.
    private var found: [String: Set<RemoteMessageID>] = [:]
    /// Folders of which a page of headers cannot be had.
    private var lean: Set<String> = []

    /// How long counts that do not move are believed.
    static let trust = Duration.seconds(300)
    /// Well-known folders come and go seldom.
    private static let resolving = Duration.seconds(3600)
    private static let pageSize = 500
    /// Folders of a mailbox at most; Exchange allows some thousands.
    static let folderLimit = 100_000

    init(_ graph: GraphClient, instant: @escaping @Sendable () -> ContinuousClock.Instant) {
        self.graph = graph
        self.instant = instant
    }

    // MARK: Listing

    /// Asks for all folders.
    /// - Returns: whether anything moved since they were asked for last.
    @discardableResult
    func list() async throws -> Bool {
        let before = entries
        var found: [String: Entry] = [:]
        let first = GraphTarget("me/mailFolders/delta", [("$select", GraphFolder.selection)])
        var next: GraphTarget? = first
        while let target = next {
            let page: GraphPage<GraphFolder> = try await graph.get(target, GraphPreferences(pageSize: Self.pageSize))
            for folder in page.value where folder.removed == nil {
                found[folder.id] = Entry(
                    name: folder.displayName ?? "", parent: folder.parentFolderId ?? "",
                    total: max(folder.totalItemCount ?? 0, 0), unread: folder.unreadItemCount ?? 0,
                    isSearch: folder.isSearch, role: .other)
            }
            for folder in page.value where folder.removed != nil { found[folder.id] = nil }
            guard found.count <= Self.folderLimit else {
                throw SourceError.transient("Microsoft lists too many folders.")
            }
            next = page.nextLink.flatMap(first.following)
            guard next != nil || page.deltaLink != nil else {
                throw SourceError.transient("Microsoft's list of folders does not come to its end.")
            }
        }
        try await resolve(found)
        found = found.reduce(into: [:]) { folders, folder in
            folders[folder.key] = folder.value
            folders[folder.key]?.role = role(of: folder.key, folder.value, among: found)
        }
        entries = found
        for id in readings.keys where found[id] == nil { readings[id] = nil }
        for id in expected.keys where found[id] == nil { expected[id] = nil }
        for id in self.found.keys where found[id] == nil { self.found[id] = nil }
        let now = found
        return before.count != now.count
            || now.contains { id, entry in
                before[id].map { $0.total != entry.total || $0.unread != entry.unread } ?? true
            }
    }

    private func resolve(_ found: [String: Entry]) async throws {
        let isKnown = found.keys.allSatisfy { entries[$0] != nil } && wellKnown.values.contains(.inbox)
        if isKnown, let resolvedAt, resolvedAt.duration(to: instant()) < Self.resolving { return }
        let names = WellKnownFolder.allCases
        let targets = names.map { GraphTarget("me/mailFolders/\($0.rawValue)", [("$select", "id")]) }
        let outcomes = try await graph.batch(targets, as: GraphName.self)
        var resolved: [String: WellKnownFolder] = [:]
        for (name, outcome) in zip(names, outcomes) {
            switch outcome {
            case .found(let folder): resolved[folder.id] = name
            case .missing: continue
            // A name that this mailbox does not know is none; but whether the trash is the trash must be known.
            case .failed(let fault):
                if fault.status == 400, ![.inbox, .deleteditems, .junkemail, .drafts].contains(name) { continue }
                throw fault
            }
        }
        wellKnown = resolved
        resolvedAt = instant()
    }

    /// What stands under the trash is trash: a folder that a person deletes goes there.
    private func role(of id: String, _ entry: Entry, among found: [String: Entry]) -> FolderRole {
        if entry.isSearch { return .service }
        let own = wellKnown[id]?.role ?? .other
        guard own.isMirrored else { return own }
        var parent = entry.parent
        for _ in 0..<300 {
            if let role = wellKnown[parent]?.role, !role.isMirrored { return role }
            guard let above = found[parent] else { return own }
            parent = above.parent
        }
        return own
    }

    /// As ``MailSource/folders()`` reports them, after ``list()``.
    var folders: [RemoteFolder] {
        entries.map { id, entry in
            RemoteFolder(
                id: id, path: path(of: entry), name: entry.name, role: entry.role, epoch: FolderEpoch(""))
        }
    }

    private func path(of entry: Entry) -> String {
        var names = [entry.name]
        var parent = entry.parent
        while names.count < 300, let above = entries[parent] {
            names.append(above.name)
            parent = above.parent
        }
        return names.reversed().joined(separator: "/")
    }

    // MARK: Readings

    /// What counts a reading that begins now starts from.
    func counts(of id: String) -> (total: Int, unread: Int)? { entries[id].map { ($0.total, $0.unread) } }

    /// Whether nothing speaks for a change since the reading that led to `link`.
    func isQuiet(_ id: String, since link: String) -> Bool {
        guard let reading = readings[id], let entry = entries[id], expected[id] == nil else { return false }
        return reading.link == link && reading.total == entry.total && reading.unread == entry.unread
            && reading.at.duration(to: instant()) < Self.trust
    }

    /// A folder was read up to `link`, beginning when it was counted so.
    func read(_ id: String, upTo link: String, counts: (total: Int, unread: Int)) {
        readings[id] = Reading(total: counts.total, unread: counts.unread, link: link, at: instant())
    }

    func mustRead(_ id: String) { readings[id] = nil }

    /// A message of the mirror stands in that folder, whatever its delta says.
    func expect(_ message: RemoteMessageID, in folder: String) {
        expected[folder, default: []].insert(message)
    }

    func expected(in folder: String) -> Set<RemoteMessageID> { expected[folder] ?? [] }

    /// A search found these in that folder. They are asked after when its changes are read next, since those go on from
    /// before.
    func note(found messages: some Sequence<RemoteMessageID>, in folder: String) {
        found[folder, default: []].formUnion(messages)
    }

    func found(in folder: String) -> Set<RemoteMessageID> { found[folder] ?? [] }

    /// These were looked at in that folder.
    func met(_ messages: Set<RemoteMessageID>, found others: Set<RemoteMessageID>, in folder: String) {
        found[folder]?.subtract(others)
        if found[folder]?.isEmpty ?? false { found[folder] = nil }
        expected[folder]?.subtract(messages)
        if expected[folder]?.isEmpty ?? false { expected[folder] = nil }
    }

    func isMirrored(_ folder: String) -> Bool? { entries[folder]?.role.isMirrored }

    // MARK: Folders with a message that Graph cannot describe

    func isLean(_ id: String) -> Bool { lean.contains(id) }
    func readLean(_ id: String) { lean.insert(id) }
}
