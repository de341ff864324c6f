import IMAP
import Logging

/// Keeps one signed-in connection and lends it to one task at a time; connects anew when it has ended.
actor ConnectionSlot {
    private let open: @Sendable () async throws -> IMAPConnection
    private var connection: IMAPConnection?
    private var isLent = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(open: @escaping @Sendable () async throws -> IMAPConnection) { self.open = open }

    /// Whether a connection is there, as far as is known.
    var isConnected: Bool { connection != nil }

    /// - Parameter isRepeatable: the work may be begun again on a new connection when the old one turns out to have
    ///   ended meanwhile.
    func lend<Result: Sendable>(
        isRepeatable: Bool = false, _ work: @Sendable (IMAPConnection) async throws -> Result
    ) async throws -> Result {
        await acquire()
        defer { release() }
        let isUsed = connection != nil
        do {
            return try await attempt(work)
        } catch let error as IMAPError where isUsed && isRepeatable && error.endsConnection {
            return try await attempt(work)
        }
    }

    private func attempt<Result: Sendable>(_ work: @Sendable (IMAPConnection) async throws -> Result) async throws
        -> Result
    {
        let current: IMAPConnection
        if let connection {
            current = connection
        } else {
            current = try await open()
            connection = current
        }
        do {
            return try await work(current)
        } catch {
            if await current.isOver {
                connection = nil
                await current.close()
            }
            throw error
        }
    }

    private func acquire() async {
        if !isLent {
            isLent = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func release() {
        if waiting.isEmpty { isLent = false } else { waiting.removeFirst().resume() }
    }

    /// Ends the connection, politely where nobody uses it.
    func close() async {
        guard let ending = connection else { return }
        connection = nil
        if isLent { await ending.close() } else { await ending.logout() }
    }
}
