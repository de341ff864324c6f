import Dispatch
import Foundation
import Glibc
import Synchronization

/// What the demo reacts to.
final class Events: Sendable {
    enum Event: Sendable {
        /// Time for another message.
        case tick
        /// The person pressed Enter.
        case keyPressed
        /// Control-C, or a request to end.
        case stop
        case serverEnded(Int32)
    }

    /// A source that is held so that it goes on, and never touched again.
    private struct Kept: @unchecked Sendable {
        let source: any DispatchSourceProtocol
    }

    let stream: AsyncStream<Event>
    private let continuation: AsyncStream<Event>.Continuation
    private let sources = Mutex<[Kept]>([])
    private let queue = DispatchQueue(label: "mailcard.demo.events")

    init() {
        // A person presses keys slowly, and a signal must not be lost.
        (stream, continuation) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .unbounded)
    }

    func send(_ event: Event) { continuation.yield(event) }

    func watchSignals() {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [continuation] in continuation.yield(.stop) }
            keep(source)
        }
    }

    func tick(every interval: DispatchTimeInterval) {
        let source = DispatchSource.makeTimerSource(queue: queue)
        source.schedule(deadline: .now() + interval, repeating: interval)
        source.setEventHandler { [continuation] in continuation.yield(.tick) }
        keep(source)
    }

    /// Only where a person sits before it: a job in the background would be stopped for reading.
    func watchKeyboard() {
        guard isatty(STDIN_FILENO) == 1, tcgetpgrp(STDIN_FILENO) == getpgrp() else { return }
        let continuation = continuation
        Thread.detachNewThread {
            while readLine() != nil { continuation.yield(.keyPressed) }
        }
    }

    private func keep(_ source: any DispatchSourceProtocol) {
        source.resume()
        let kept = Kept(source: source)
        sources.withLock { $0.append(kept) }
    }
}
