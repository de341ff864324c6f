import ArgumentParser
import Foundation
import Generators
import Logging
import TestServers

/// Mailcard with a sample company and a mail server of its own, to see the main job on real mail without owning an
/// account.
@main
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mailcard-demo",
        abstract: "Serves Mailcard with a sample company whose mail stands on a mail server on loopback.")

    @Option(help: "The server program.")
    var server = ".build/release/mailcard"

    @Option(help: "The folder for the demo's database and key. It is made anew at each start.")
    var data = "demo-data"

    @Option(help: "The port to serve on, at 127.0.0.1.")
    var port = 8080

    @Option(help: "Seconds between two new messages; 0 for none by themselves.")
    var every = 60

    @Option(help: "The seed of the generated mail: the same seed gives the same texts.")
    var seed: UInt64 = 20

    func validate() throws {
        guard FileManager.default.isExecutableFile(atPath: server) else {
            throw ValidationError(
                "There is no server program at \(server). Build it: swift build -c release --product mailcard")
        }
        guard (1...65_535).contains(port) else { throw ValidationError("A port is a number from 1 to 65535.") }
        guard every >= 0 else { throw ValidationError("Give a number of seconds, or 0 for no messages by themselves.") }
    }

    func run() async throws {
        guard ServerProgram.isFree(port) else { throw DemoError.portInUse(port) }
        let events = Events()
        let now = Int64(Date().timeIntervalSince1970)
        let folder = try DemoFolder(path: data)
        say("Preparing the sample company and its mail …")
        let company = try await folder.loadCompany(now: now)
        var post = try await Post.start(for: company, seed: seed, now: now)
        try await folder.connect(company, through: post)

        let tenant = try await Tenant.start(for: company, mail: post.mail)
        let program = try ServerProgram(path: server, data: data, port: port, environment: tenant.environment) {
            events.send(.serverEnded($0))
        }
        // Only now, since the server would inherit that signals are ignored.
        events.watchSignals()
        if try await program.isServing(port: port) {
            say(Welcome(company: company, post: post, port: port, every: every).text)
            events.watchKeyboard()
            if every > 0 { events.tick(every: .seconds(every)) }
        }
        for await event in events.stream {
            switch event {
            case .tick: try await deliver(post.next(at: .now), by: post, tenant)
            case .keyPressed:
                for arrival in post.oneForEach(at: .now) { try await deliver(arrival, by: post, tenant) }
            case .stop:
                say("\nStopping the server and the mail server …")
                await program.stop()
                await post.stop()
                await tenant.stop()
                return
            case .serverEnded(let code):
                await post.stop()
                await tenant.stop()
                say("The server has ended; its own words stand above.")
                throw ExitCode(code == 0 ? 1 : code)
            }
        }
    }

    private func deliver(_ arrival: Post.Arrival, by post: Post, _ tenant: Tenant) async throws {
        try await post.deliver(arrival)
        try tenant.deliver(arrival)
        say(
            """
            New mail from \(arrival.customer.person.name) to \(arrival.owner.name): “\(arrival.message.subject)”
                http://127.0.0.1:\(port)/contacts/\(arrival.customer.contact)
            """)
    }

    /// Prints at once, also into a file or a pipe, so that our lines stand among the server's where they belong.
    private func say(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}
