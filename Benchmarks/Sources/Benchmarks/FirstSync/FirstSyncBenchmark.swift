import ArgumentParser
import Foundation
import TestServers

/// The first sync of a mailbox beside mbsync and the wire limit, and quiet checks of a small and a large mailbox.
struct FirstSyncBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "first-sync", abstract: "The first sync beside mbsync's and the wire limit; quiet checks.")

    @Option(help: "Messages in the mailbox.")
    var messages = 100_000

    @Option(help: "Messages in the small mailbox that the quiet check is compared with; 0 leaves it out.")
    var small = 1000

    @Option(help: "Runs with the server's memory of headers warm.")
    var rounds = 3

    @Flag(inversion: .prefixedNo, help: "Measure mbsync as well.")
    var mbsync = true

    @Flag(help: "Give the server one processor and the clients the others, as if they were two machines.")
    var apart = false

    func validate() throws {
        if apart, Processors.count < 2 { throw ValidationError("There is only one processor: leave out --apart.") }
    }

    func run() async throws {
        say("## First sync of \(messages) messages\n")
        let large = try await Subject(messages: messages, apart: apart)
        say("\(large.description)\n")
        let (dialogues, largeQuiet) = try large.record()
        try measure(large, dialogues)
        let largeAlone = try large.listingAlone()
        try FileManager.default.removeItem(at: dialogues)
        await large.stop()
        guard small > 0 else { return }
        let other = try await Subject(messages: small, apart: apart)
        let (smallDialogues, smallQuiet) = try other.record()
        try FileManager.default.removeItem(at: smallDialogues)
        let smallAlone = try other.listingAlone()
        await other.stop()
        say("\n## A quiet check\n")
        say(
            "| messages | median ms | p99 ms | of this Dovecot alone, ms | commands | octets sent | octets received |\n|---|---|---|---|---|---|---|"
        )
        for (count, quiet, alone) in [(small, smallQuiet, smallAlone), (messages, largeQuiet, largeAlone)] {
            say(
                "| \(count) | \((quiet.times.median * 1000).shown(1)) | \((quiet.times.quantile(0.99) * 1000).shown(1)) | \((alone * 1000).shown(1)) | \(quiet.perCheck(\.commands)) | \(quiet.perCheck(\.sent)) | \(quiet.perCheck(\.received)) |"
            )
        }
    }

    private func measure(_ subject: Subject, _ dialogues: URL) throws {
        var (ours, limit): ([MirrorRun.FirstSync], [WireLimit.Report]) = ([], [])
        for _ in 0..<rounds {
            limit.append(try subject.wireLimit(dialogues))
            ours.append(try subject.mirror())
        }
        let pulls = mbsync ? [try subject.mbsync(fsync: true), try subject.mbsync(fsync: false)] : []
        say("Server's memory of headers warm, median of \(rounds) by turns:\n")
        show(ours, limit, pulls)
        guard let one = ours.first else { return }
        say("\nOn the cards: \(one.entries) entries, \(one.texts) texts; \(one.listed) messages read.")

        try subject.forgetHeaders()
        let coldLimit = try subject.wireLimit(dialogues)
        try subject.forgetHeaders()
        let coldOurs = try subject.mirror()
        var coldPulls: [MbsyncPull.Result] = []
        for fsync in mbsync ? [true, false] : [] {
            try subject.forgetHeaders()
            coldPulls.append(try subject.mbsync(fsync: fsync))
        }
        say("\nServer's memory of headers empty before each, one run:\n")
        show([coldOurs], [coldLimit], coldPulls)
    }

    private func show(_ ours: [MirrorRun.FirstSync], _ limit: [WireLimit.Report], _ pulls: [MbsyncPull.Result]) {
        let wire = limit.map(\.seconds).median
        let time = ours.map(\.done).median
        say("| | time | peak memory | processor time | beside ours |\n|---|---|---|---|---|")
        say(
            "| wire limit | \(wire.shown()) s | \((limit.map(\.peakMemory).max() ?? 0).megabytes) | \(limit.map(\.processorTime).median.shown()) s | ours takes \((time / wire).shown()) × |"
        )
        say(
            "| ours | \(time.shown()) s | \((ours.map(\.peakMemory).max() ?? 0).megabytes) | \(ours.map(\.processorTime).median.shown()) s | |"
        )
        for (pull, name) in zip(pulls, ["mbsync", "mbsync, FSync no"]) {
            say(
                "| \(name) | \(pull.seconds.shown()) s | \(pull.peakMemory.megabytes) | | ours takes 1/\((pull.seconds / time).shown(1)) (\(pull.messages) messages) |"
            )
        }
        say(
            "\nConnect pressed to: servers tried \(ours.map(\.connected).median.shown()) s, first entry on a card \(ours.map(\.firstEntry).median.shown()) s, first text \(ours.map(\.firstText).median.shown()) s. Wire limit each: \(limit.map { $0.seconds.shown() }.joined(separator: ", ")) s; ours each: \(ours.map { $0.done.shown() }.joined(separator: ", ")) s. Octets on the wire: \((limit.first?.octets ?? 0).megabytes). Load \(Machine.load)."
        )
    }
}

/// A server with the sample mailbox.
private struct Subject {
    let server: DovecotServer
    let messages: Int
    let octets: Int
    private let apart: Bool

    struct Quiet {
        var times: [Double] = []
        var traffic = WireRecorder.Traffic()

        func perCheck(_ part: (WireRecorder.Traffic) -> Int) -> String {
            (Double(part(traffic)) / Double(max(times.count, 1))).shown(0)
        }
    }

    init(messages: Int, apart: Bool) async throws {
        self.messages = messages
        self.apart = apart
        if apart { try Processors.confine(to: 0...0) }
        server = try await DovecotServer.start(users: [SampleMailbox.user])
        if apart { try Processors.confine(to: 1...Processors.count - 1) }
        octets = try SampleMailbox(count: messages).fill(server)
    }

    var description: String {
        "\(messages) messages, \((Double(octets) / Double(messages) / 1000).shown(1)) KB on average, in INBOX, Sent and Archive of Dovecot on loopback, without TLS. \(Machine.facts)\(apart ? ", the server on the first processor and the clients on the others" : "")."
    }

    func stop() async { await server.stop() }

    private func child(port: Int, quietChecks: Int) -> Child {
        Child(
            subcommand: "child-mirror",
            arguments: [
                "--port", "\(port)", "--submission-port", "\(server.ports.submission)", "--quiet-checks",
                "\(quietChecks)",
            ])
    }

    /// A run that is not measured, to learn what is said on the wire; and quiet checks.
    func record() throws -> (dialogues: URL, Quiet) {
        let recorder = try WireRecorder(to: server.ports.imap)
        defer { recorder.stop() }
        var before = WireRecorder.Traffic()
        var quiet = Quiet()
        var dialogues: [[String]] = []
        try child(port: recorder.port, quietChecks: 50).run { line in
            switch try JSONDecoder().decode(MirrorRun.Report.self, from: line) {
            case .synced:
                before = recorder.traffic
                // Without the quiet checks that follow.
                dialogues = recorder.dialogues
            case .checked(let times):
                quiet.times = times
                quiet.traffic = recorder.traffic - before
            }
        }
        let file = FileManager.default.temporaryDirectory.appending(
            path: "mailcard-dialogues-\(getpid())-\(messages).json")
        try JSONEncoder().encode(dialogues).write(to: file)
        return (file, quiet)
    }

    func mirror() throws -> MirrorRun.FirstSync {
        var result: MirrorRun.FirstSync?
        try child(port: server.ports.imap, quietChecks: 0).run { line in
            if case .synced(let report) = try JSONDecoder().decode(MirrorRun.Report.self, from: line) {
                result = report
            }
        }
        guard let result else { throw BenchmarkError.notFinished("The first sync") }
        return result
    }

    func wireLimit(_ dialogues: URL) throws -> WireLimit.Report {
        try Child(
            subcommand: "child-wire-limit",
            arguments: ["--port", "\(server.ports.imap)", "--dialogues", dialogues.path]
        )
        .run(WireLimit.Report.self)
    }

    func mbsync(fsync: Bool) throws -> MbsyncPull.Result {
        try MbsyncPull(port: server.ports.imap, user: SampleMailbox.user, fsync: fsync).run()
    }

    /// Seconds that the server alone takes to answer a quiet check.
    func listingAlone() throws -> Double {
        let checks = 50
        let signIn = #"A0 LOGIN "\#(SampleMailbox.user.address)" "\#(SampleMailbox.user.password)""#
        let list = #"LIST "" "*" RETURN (SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY))"#
        func time(_ count: Int) throws -> Double {
            let file = FileManager.default.temporaryDirectory.appending(path: "mailcard-quiet-\(getpid()).json")
            try JSONEncoder().encode([[signIn] + (0..<count).map { "A\($0 + 1) \(list)" }]).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            return try wireLimit(file).seconds
        }
        return (try time(checks) - time(0)) / Double(checks)
    }

    func forgetHeaders() throws { try server.forgetHeaders(of: SampleMailbox.owner.address) }
}
