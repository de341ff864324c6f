import ArgumentParser
import Foundation
import Generators
import Mail
import TestServers

/// Octets of MIME a second made into text, beside Python's email package and GMime, which leave HTML as it is.
struct TextSpeed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text", abstract: "MIME to text, beside Python's email package and GMime.")

    @Option(help: "A folder with messages, besides the generated ones; ../shared/corpus unless given.")
    var corpus: String?

    @Option(help: "Seconds for each.")
    var least = 5.0

    func run() async throws {
        say("\n## MIME to text\n")
        say(
            "MB (10⁶ octets) of messages a second, one thread. Ours also renders HTML as text, folds format=flowed and drops what cannot be seen; the others leave HTML as it is.\n"
        )
        say("| messages | ours | GMime | Python |\n|---|---|---|---|")
        let folder = try TemporaryFolder("text")
        let gmime = try compileGMime(in: folder)
        if let files = corpusFiles() {
            try measure("corpus", files.compactMap { try? [UInt8](Data(contentsOf: $0)) }, folder, gmime)
        }
        try measure("generated", SampleMailbox(count: 2000).messages().map(\.bytes), folder, gmime)
        say("\nLoad \(Machine.load).")
    }

    private func measure(_ name: String, _ messages: [[UInt8]], _ folder: TemporaryFolder, _ gmime: URL) throws {
        let files = folder.file(name)
        try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
        for (index, message) in messages.enumerated() {
            try Data(message).write(to: files.appending(path: "\(100_000 + index)"))
        }
        let ours = try Child(subcommand: "child-text", arguments: ["--folder", files.path, "--least", "\(least)"]).run(
            Double.self)
        let theirs = try speed(gmime, [files.path, "\(least)"])
        let python = try speed(
            URL(filePath: "/usr/bin/python3"),
            [Self.peers.appending(path: "email-text.py").path, files.path, "\(least)"])
        let octets = messages.reduce(0) { $0 + $1.count }
        say(
            "| \(name): \(messages.count) of \((Double(octets) / Double(messages.count) / 1000).shown(1)) KB | \(ours.shown(1)) | \(theirs.shown(1)) | \(python.shown(1)) |"
        )
    }

    private static let peers = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Peers")
        .standardized

    private func corpusFiles() -> [URL]? {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../../../shared/corpus")
            .standardized
        let folder = corpus.map { URL(filePath: $0) } ?? root
        guard let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return nil }
        let files = all.compactMap { $0 as? URL }.filter { $0.pathExtension == "eml" }.sorted { $0.path < $1.path }
        return files.isEmpty ? nil : files
    }

    private func compileGMime(in folder: TemporaryFolder) throws -> URL {
        let program = folder.file("gmime-text")
        let source = Self.peers.appending(path: "gmime-text.c").path
        _ = try output(
            URL(filePath: "/bin/sh"),
            ["-c", "gcc -O2 -o '\(program.path)' '\(source)' $(pkg-config --cflags --libs gmime-3.0)"])
        return program
    }

    private func speed(_ program: URL, _ arguments: [String]) throws -> Double {
        let words = try output(program, arguments).split(separator: " ")
        guard let speed = words.first.flatMap({ Double($0) }) else {
            throw BenchmarkError.unexpected("\(program.lastPathComponent) printed no number.")
        }
        return speed
    }

    private func output(_ program: URL, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkError.programFailed(
                program.lastPathComponent, status: process.terminationStatus, output: words)
        }
        return words
    }
}

/// Our part of it.
struct TextRun: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "child-text", shouldDisplay: false)

    @Option var folder: String
    @Option var least: Double

    func run() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        let files = try names.map { [UInt8](try Data(contentsOf: URL(filePath: folder).appending(path: $0))) }
        var octets = 0
        var characters = 0
        let clock = ContinuousClock()
        let start = clock.now
        repeat {
            for file in files {
                octets += file.count
                characters += MIMEMessage.parse(file).text().text.utf8.count
            }
        } while (clock.now - start).inSeconds < least
        let time = (clock.now - start).inSeconds
        guard characters > 0 else { throw BenchmarkError.unexpected("No message had any text.") }
        try Child.tell(Double(octets) / time / 1e6)
    }
}
