import Foundation

/// The limits of Outlook's part of Graph: for each app and mailbox, four calls at a time and 10,000 in ten minutes.
extension MicrosoftService {
    struct Slot: Sendable {
        var name: String
        var concurrent: Int
        var inTenMinutes: Int
    }

    /// The object id of the account that a call's token names.
    func owner(of request: SandboxRequest) -> String? { grant(of: request)?.account }

    private func grant(of request: SandboxRequest) -> MicrosoftDirectory.Grant? {
        guard let header = request.header("Authorization"), header.lowercased().hasPrefix("bearer ") else { return nil }
        return world.withLock { $0.directory.accessTokens[String(header.dropFirst(7))]?.grant }
    }

    /// Takes a place for the call; it is given back by `release`.
    func limits(for request: SandboxRequest) -> Slot? {
        guard let grant = grant(of: request) else { return nil }
        let name = "\(grant.client) \(grant.account)"
        let now = clock.now
        return world.withLock { world in
            world.underWay[name, default: 0] += 1
            world.recent[name, default: []].append(now)
            if let first = world.recent[name]?.first, now.timeIntervalSince(first) > 600 {
                world.recent[name]?.removeAll { now.timeIntervalSince($0) > 600 }
            }
            return Slot(
                name: name, concurrent: world.underWay[name, default: 0],
                inTenMinutes: world.recent[name, default: []].count)
        }
    }

    func release(_ slot: Slot) { world.withLock { $0.underWay[slot.name, default: 1] -= 1 } }

    func refusal(_ slot: Slot, _ request: SandboxRequest) -> SandboxAnswer? {
        let quirks = world.withLock { $0.quirks }
        if slot.concurrent > quirks.concurrentCalls {
            return GraphError.throttled("Application is over its MailboxConcurrency limit.", retryAfter: 1)
                .answer(at: clock.now, request: request)
        }
        if slot.inTenMinutes > quirks.callsInTenMinutes {
            return GraphError.throttled("Application is over its request limit for this mailbox.", retryAfter: 600)
                .answer(at: clock.now, request: request)
        }
        return nil
    }

    func note(_ request: SandboxRequest, status: Int, sent: Int, account: String?, isPart: Bool) {
        calls.add(
            SandboxCall(
                method: request.method, path: request.path, query: request.query, status: status,
                received: request.body.count, sent: sent, account: account, at: clock.now, isBatchPart: isPart))
    }
}
