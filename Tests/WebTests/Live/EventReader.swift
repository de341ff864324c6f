import CRM
import Hummingbird
import Store
import Synchronization
import Testing

@testable import Web

/// What a browser hears of one stream.
final class EventReader: Sendable {
    private let stream: AsyncStream<String>
    private let heard: AsyncStream<String>.Continuation
    private let changes = Mutex(0)
    private let over: Mutex<Bool>

    init() {
        (stream, heard) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .unbounded)
        over = Mutex(false)
    }

    func write(_ text: String) {
        if text.contains("event: changed") { changes.withLock { $0 += 1 } }
        heard.yield(text)
    }

    func end() {
        over.withLock { $0 = true }
        heard.finish()
    }

    /// How many changes were told.
    var told: Int { changes.withLock { $0 } }

    /// Passes over how the stream begins.
    func begin() async throws { #expect(try await next() == ": \n\n") }

    /// The next that comes, the advice for reconnecting aside.
    func next() async throws -> String {
        var text = try #require(await any())
        while text.hasPrefix("retry:") { text = try #require(await any()) }
        return text
    }

    private func any() async -> String? {
        for await text in stream { return text }
        return nil
    }

    func isOver() async -> Bool {
        for await _ in stream {}
        return over.withLock { $0 }
    }
}

private struct EventWriter: ResponseBodyWriter {
    let reader: EventReader

    mutating func write(_ buffer: ByteBuffer) async throws { reader.write(String(buffer: buffer)) }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws { reader.end() }
}

extension WebBench {
    /// Listens as someone of the sample company while something is done.
    ///
    /// - Parameters:
    ///   - since: the last change that the page knows; none later than the last of all where it is nil.
    ///   - mark: what the page sends in its place.
    func listen(
        as mailName: String, _ topic: LiveTopic, since: Int64? = nil, mark: String? = nil,
        _ action: @escaping @Sendable (EventReader) async throws -> Void
    ) async throws {
        try await browse(as: mailName) { (browser) async throws in
            try await self.listen(with: browser, topic, since: since, mark: mark, action)
        }
    }

    func listen(
        with browser: TestBrowser, _ topic: LiveTopic, since: Int64? = nil, mark: String? = nil,
        _ action: @escaping @Sendable (EventReader) async throws -> Void
    ) async throws {
        // The first subscriber of a process is told that anything may have changed; that is not what is looked at here.
        await feed.committed()
        let token = try #require(browser.cookie(Cookies.session))
        let now = time.now
        let viewer = try await read { tx, _ in try #require(try Viewer.find(tx, token: token, now: now)) }
        let last = try await read { tx, _ in try Changes.last(tx) }
        let sent = try mark ?? front.services.marks.mark(since ?? last)
        let stream = EventStream(web: front.services, token: token, viewer: viewer, topic: topic, since: sent)
        let reader = EventReader()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var writer: any ResponseBodyWriter = EventWriter(reader: reader)
                do {
                    try await stream.run(&writer)
                } catch is CancellationError {}
                reader.end()
            }
            try await action(reader)
            group.cancelAll()
        }
    }

    /// Changes something about a contact.
    func rename(_ contact: ContactID) async throws {
        try await write { tx, organization in
            var form = ContactForm(try #require(try Contacts.find(tx, organization, contact)))
            form.title += "!"
            try Contacts.update(tx, organization, contact, try form.validated(), now: 1)
        }
    }
}
