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
    /// Octets that are asked for at once. Answers are kept in memory until they are rendered, and those of the next
    /// request come meanwhile.
    static let windowLimit = 16 << 20
    /// Messages that are asked for at once.
    private static let windowSize = 25

    func run(_ uids: UIDSet) async throws {
        let plans = try await describe(uids)
        try await readParts(plans)
        let undescribed = uids.subtracting(UIDSet(plans.keys))
        if !undescribed.isEmpty { try await readWhole(undescribed) }
    }

    // MARK: Structures

    /// Messages that the server does not describe are left out.
    private func describe(_ uids: UIDSet) async throws -> [UInt32: TextPlan] {
        var plans: [UInt32: TextPlan] = [:]
        var open = [uids]
        while let window = open.popLast() {
            let page = try await connection.fetch(
                FetchRequest(window, "BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (REFERENCES)]"))
            try page.demandLasting()
            for message in page.messages {
                if let uid = message.uid, let plan = TextPlan(message) { plans[uid] = plan }
            }
            // More than fits: the rest by halves, until a single message does not fit.
            guard page.isCut, window.count > 1 else { continue }
            var rest = window.subtracting(UIDSet(plans.keys))
            let high = rest.takeHighest((rest.count + 1) / 2)
            open += [rest, high].filter { !$0.isEmpty }
        }
        return plans
    }

    // MARK: Parts

    private func readParts(_ plans: [UInt32: TextPlan]) async throws {
        for (uid, plan) in plans where plan.parts.isEmpty {
            if let text = plan.text(nil) { try await deliver(reference(uid), text) }
        }
        let failed = Mutex<[UInt32]>([])
        try await connection.fetch(Self.requests(plans)) { page in
            try page.demandLasting()
            var answers: [UInt32: TextPlan.Answer] = [:]
            for message in page.messages {
                if let uid = message.uid { answers[uid, default: TextPlan.Answer()].add(message) }
            }
            for uid in page.asked.uids {
                if let text = plans[uid]?.text(answers[uid]) {
                    try await deliver(reference(uid), text)
                } else {
                    failed.withLock { $0.append(uid) }
                }
            }
            return true
        }
        try await retry(failed.withLock { $0 }, plans)
    }

    /// Messages with the same sections are asked for together, the newest first, as many as fit.
    static func requests(_ plans: [UInt32: TextPlan]) -> [FetchRequest] {
        var groups: [[String]: [UInt32]] = [:]
        for (uid, plan) in plans where !plan.parts.isEmpty { groups[plan.sections, default: []].append(uid) }
        return groups.sorted { $0.value.count > $1.value.count }.flatMap { sections, uids in
            var windows: [[UInt32]] = []
            var octets = 0
            for uid in uids.sorted(by: >) {
                let cost = plans[uid]?.octets ?? 0
                if let last = windows.last, last.count < windowSize, octets + cost <= windowLimit {
                    windows[windows.count - 1].append(uid)
                    octets += cost
                } else {
                    windows.append([uid])
                    octets = cost
                }
            }
            return windows.map { request(UIDSet($0), sections) }
        }
    }

    private static func request(_ uids: UIDSet, _ sections: [String]) -> FetchRequest {
        let items = sections.map { "BODY.PEEK[\($0)]<0.\(partLimit)>" }.joined(separator: " ")
        // Servers estimate sizes, and some send a part with its line ends made longer.
        return FetchRequest(uids, items, budget: windowLimit / 4 * 5)
    }

    /// Messages that did not come in company, one by one.
    private func retry(_ uids: [UInt32], _ plans: [UInt32: TextPlan]) async throws {
        for uid in try await MessageReading(connection: connection).stillThere(UIDSet(uids)).uids {
            guard let plan = plans[uid] else { continue }
            let page = try await connection.fetch(Self.request(UIDSet(uid...uid), plan.sections))
            try page.demandLasting()
            var answer = TextPlan.Answer()
            for message in page.messages { answer.add(message) }
            if let text = plan.text(answer) {
                try await deliver(reference(uid), text)
            } else {
                try await readWhole(UIDSet(uid...uid))
            }
        }
    }

    // MARK: Whole messages

    /// Where the server cannot describe a message, it is read and taken apart here.
    private func readWhole(_ uids: UIDSet) async throws {
        for uid in try await MessageReading(connection: connection).stillThere(uids).uids {
            let page = try await connection.fetch(
                FetchRequest(UIDSet(uid...uid), "BODY.PEEK[]<0.\(Self.messageLimit)>"))
            try page.demandLasting()
            try await deliver(reference(uid), Self.whole(page))
        }
    }

    private static func whole(_ page: FetchedPage) -> Result<FetchedText, TextFailure> {
        guard let bytes = page.messages.lazy.compactMap({ $0.sections[""] }).first else {
            let isTooLong = page.messages.contains { $0.oversizedSections.contains("") }
            return .failure(isTooLong ? .tooLong : .withheld)
        }
        let message = MIMEMessage.parse(bytes)
        let rendered = message.text(limit: textLimit)
        return .success(
            FetchedText(
                text: rendered.text, isTruncated: rendered.isTruncated || bytes.count >= messageLimit,
                attachments: message.attachments,
                references: MessageIDList.parse(message.header("References") ?? [])))
    }

    private func reference(_ uid: UInt32) -> RemoteReference {
        RemoteReference(folder: folder, id: RemoteMessageID(uid: uid))
    }
}
