import ArgumentParser
import Foundation
import Synchronization

/// The least that the same conversation can take: says on as many connections what the mirror said, as many requests
/// ahead, and throws the answers away unread.
struct WireLimit: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "child-wire-limit", shouldDisplay: false)

    @Option var port: Int
    /// A file with what a ``WireRecorder`` has recorded, as JSON.
    @Option var dialogues: String

    /// Requests under way at a time, as in the mirror's reading of folders.
    static let depth = 3

    struct Report: Codable {
        var seconds = 0.0
        var octets = 0
        var peakMemory = 0
        var processorTime = 0.0
    }

    func run() throws {
        let dialogues = try JSONDecoder().decode([[String]].self, from: Data(contentsOf: URL(filePath: dialogues)))
        let total = Mutex(0)
        let group = DispatchGroup()
        let failed = Mutex<(any Error)?>(nil)
        let port = port
        let time = seconds {
            for dialogue in dialogues {
                group.enter()
                Thread.detachNewThread {
                    do {
                        var speaker = try Speaker(port: port)
                        try speaker.say(dialogue)
                        let octets = speaker.octets
                        total.withLock { $0 += octets }
                    } catch {
                        failed.withLock { $0 = error }
                    }
                    group.leave()
                }
            }
            group.wait()
        }
        if let error = failed.withLock({ $0 }) { throw error }
        try Child.tell(
            Report(
                seconds: time, octets: total.withLock { $0 }, peakMemory: ProcessFacts.peakMemory(),
                processorTime: ProcessFacts.processorTime))
    }

    /// One connection.
    private struct Speaker {
        let socket: LoopbackSocket
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        var octets = 0
        /// The end of what came before, for a line that is cut.
        private var rest: [UInt8] = []
        private var completed: Set<String> = []
        private var wasGreeted = false

        init(port: Int) throws { socket = try LoopbackSocket.connect(port: port) }

        mutating func say(_ lines: [String]) throws {
            defer { buffer.deallocate() }
            try read { $0.hasPrefix("* OK") }
            wasGreeted = true
            var underWay: [String] = []
            for line in lines {
                let words = line.split(separator: " ", maxSplits: 2)
                let tag = String(words.first ?? "")
                let isFetch = words.count > 2 && words[1] == "UID" && words[2].hasPrefix("FETCH")
                while underWay.count >= (isFetch ? WireLimit.depth : 1) {
                    try awaitCompletion(of: underWay.removeFirst())
                }
                var octets = Array((line + "\r\n").utf8)
                guard octets.withUnsafeMutableBytes({ socket.write(UnsafeRawBufferPointer($0)) }) else {
                    throw BenchmarkError.unexpected("The server closed a connection.")
                }
                underWay.append(tag)
                if !isFetch { while !underWay.isEmpty { try awaitCompletion(of: underWay.removeFirst()) } }
            }
            for tag in underWay { try awaitCompletion(of: tag) }
        }

        private mutating func awaitCompletion(of tag: String) throws {
            if completed.remove(tag) != nil { return }
            try read { $0.hasPrefix(tag + " ") }
            completed.remove(tag)
        }

        /// Reads until a line fulfils the condition; remembers the tags that were completed.
        private mutating func read(until holds: (String) -> Bool) throws {
            var found = false
            while !found {
                let count = socket.read(into: buffer)
                if count == 0 { throw BenchmarkError.unexpected("The server closed a connection.") }
                octets += count
                var bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
                while let base = bytes.baseAddress, let end = memchr(base, 0x0a, bytes.count) {
                    let length = UnsafeRawPointer(end) - base + 1
                    // After the greeting, only lines that begin with a tag are looked at.
                    let first = rest.first ?? bytes[0]
                    if first == UInt8(ascii: "A") || !wasGreeted {
                        let line = String(decoding: rest + bytes[..<min(length, 40)], as: UTF8.self)
                        let words = line.split(separator: " ", maxSplits: 2)
                        if words.count > 1, ["OK", "NO", "BAD"].contains(words[1]), words[0] != "*" {
                            completed.insert(String(words[0]))
                        }
                        if holds(line) { found = true }
                    }
                    rest = []
                    bytes = UnsafeRawBufferPointer(rebasing: bytes[length...])
                }
                rest += bytes.prefix(max(0, 40 - rest.count))
            }
        }
    }
}
