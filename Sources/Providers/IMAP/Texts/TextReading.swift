import IMAP
import Mail
import Mirror
import Synchronization

/// Fetches the texts of messages of one folder: their structures together, then only the parts that are shown.
struct TextReading: Sendable {
    let connection: IMAPConnection
    let folder: RemoteFolder
    let deliver: @Sendable (RemoteReference, Result<FetchedText, TextFailure>) async throws -> Void

    /// Octets of a part that are fetched at most, as transferred: some 400 printed pages. What lies beyond is nobody's
    /// reading.
    static let partLimit = 1 << 20
    /// Octets of a whole message that is fetched because its server cannot describe its structure.
    static let messageLimit = 4 << 20
    /// Characters of text parts together.
    static let textLimit = 1 << 20

    private struct Plan {
        var selection: TextSelection
        var references: [String]
    }

    func run(_ uids: UIDSet) async throws {
        var plans: [UInt32: Plan] = [:]
        var undescribed = uids
        let page = try await connection.fetch(
            FetchRequest(uids, "BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (REFERENCES)]"))
        for message in page.messages {
            guard let uid = message.uid, let structure = message.bodyStructure else { continue }
            let header = message.sections.first { $0.key.hasPrefix("HEADER.FIELDS") }?.value ?? []
            plans[uid] = Plan(
                selection: TextSelection.choose(in: PartDescription(structure)),
                references: MessageIDList.parse(HeaderFields(header)["references"]))
        }
        undescribed = undescribed.subtracting(Set(plans.keys))
        try await readParts(plans)
        if !undescribed.isEmpty { try await readWhole(undescribed) }
    }

    // MARK: Parts

    /// Messages with the same sections are asked for together.
    private func readParts(_ plans: [UInt32: Plan]) async throws {
        var groups: [[String]: [UInt32]] = [:]
        for (uid, plan) in plans { groups[plan.selection.parts.map(\.section), default: []].append(uid) }
        for uid in groups.removeValue(forKey: []) ?? [] {
            if let plan = plans[uid] { try await finish(uid, plan, sections: [:]) }
        }
        let requests = groups.sorted { $0.value.count > $1.value.count }.flatMap { sections, uids in
            // Answers are kept in memory until they are rendered.
            UIDSet(uids).windows(of: 25).map { FetchRequest($0, Self.items(sections)) }
        }
        let failed = Mutex<[UInt32]>([])
        try await connection.fetch(requests, depth: 2) { page in
            var sections: [UInt32: [String: [UInt8]]] = [:]
            for message in page.messages {
                if let uid = message.uid { sections[uid, default: [:]].merge(message.sections) { $1 } }
            }
            for uid in page.asked.uids {
                guard let plan = plans[uid] else { continue }
                if let found = sections[uid], plan.selection.parts.allSatisfy({ found[$0.section.uppercased()] != nil })
                {
                    try await finish(uid, plan, sections: found)
                } else {
                    failed.withLock { $0.append(uid) }
                }
            }
            return true
        }
        try await retry(failed.withLock { $0 }, plans)
    }

    /// Messages that did not come in company, one by one.
    private func retry(_ uids: [UInt32], _ plans: [UInt32: Plan]) async throws {
        for uid in try await MessageReading(connection: connection).stillThere(UIDSet(uids)).uids {
            guard let plan = plans[uid] else { continue }
            let page = try await connection.fetch(
                FetchRequest(UIDSet(uid...uid), Self.items(plan.selection.parts.map(\.section))))
            var found: [String: [UInt8]] = [:]
            for message in page.messages { found.merge(message.sections) { $1 } }
            if plan.selection.parts.allSatisfy({ found[$0.section.uppercased()] != nil }) {
                try await finish(uid, plan, sections: found)
            } else {
                try await readWhole(UIDSet(uid...uid))
            }
        }
    }

    private static func items(_ sections: [String]) -> String {
        sections.map { "BODY.PEEK[\($0)]<0.\(partLimit)>" }.joined(separator: " ")
    }

    private func finish(_ uid: UInt32, _ plan: Plan, sections: [String: [UInt8]]) async throws {
        let parts = plan.selection.parts.map { part in
            let bytes = sections[part.section.uppercased()] ?? []
            return (part, bytes, isWhole: bytes.count < Self.partLimit)
        }
        let rendered = MessageText.render(parts, limit: Self.textLimit)
        try await deliver(
            reference(uid),
            .success(
                FetchedText(
                    text: rendered.text, isTruncated: rendered.isTruncated, attachments: plan.selection.attachments,
                    references: plan.references)))
    }

    // MARK: Whole messages

    /// Where the server cannot describe a message, it is read and taken apart here.
    private func readWhole(_ uids: UIDSet) async throws {
        for uid in try await MessageReading(connection: connection).stillThere(uids).uids {
            let page = try await connection.fetch(
                FetchRequest(UIDSet(uid...uid), "BODY.PEEK[]<0.\(Self.messageLimit)>"))
            guard let bytes = page.messages.lazy.compactMap({ $0.sections[""] }).first else {
                try await deliver(
                    reference(uid),
                    .failure(TextFailure(reason: "The server does not give out the text of this message.")))
                continue
            }
            let message = MIMEMessage.parse(bytes)
            let rendered = message.text(limit: Self.textLimit)
            try await deliver(
                reference(uid),
                .success(
                    FetchedText(
                        text: rendered.text, isTruncated: rendered.isTruncated || bytes.count >= Self.messageLimit,
                        attachments: message.attachments,
                        references: MessageIDList.parse(message.header("References") ?? []))))
        }
    }

    private func reference(_ uid: UInt32) -> RemoteReference {
        RemoteReference(folder: folder, id: RemoteMessageID(uid: uid))
    }
}
