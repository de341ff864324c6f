import ScriptedServer
import Synchronization

/// An IMAP server with one mailbox in memory, which answers as it should until a test makes it deviate.
///
/// Without further capabilities it is the plainest IMAP4rev1 server there is.
final class ScriptedIMAP: Sendable {
    struct State: Sendable {
        var folders: [ScriptedFolder]
        var capabilities: String
        /// Rises with every change of the mailbox.
        var version = 0
        var deviation: Deviation?
        /// How often each command came.
        var commands: [String: Int] = [:]
        var signIns = 0
    }

    /// Says how a command is answered; nil for the usual answer.
    typealias Deviation = @Sendable (Request) -> Answer?

    /// A command as it came.
    struct Request: Sendable {
        /// Counted from 0.
        let connection: Int
        let tag: String
        /// In upper case, such as "UID FETCH". "GREETING" stands for the moment of connecting.
        let name: String
        let rest: String
        /// The folder that is open.
        let folder: String?
        /// How many commands of this name came before, on all connections.
        let earlier: Int
    }

    enum Answer: Sendable {
        /// These octets; `%TAG` in them becomes the command's tag.
        case say(String)
        /// The usual answer, changed.
        case rewriting(@Sendable (String) -> String)
        /// So much of the usual answer, then the connection ends.
        case cut(Int)
        case hangUp
        /// Says nothing more, for ever.
        case stall
    }

    static let plain = "IMAP4rev1 AUTH=PLAIN SASL-IR"
    static let withIdle = plain + " IDLE"
    static let withQResync =
        plain + " IDLE ENABLE ESEARCH CONDSTORE QRESYNC UNSELECT LIST-EXTENDED LIST-STATUS SPECIAL-USE ID NAMESPACE"

    let state: Mutex<State>
    private let server = Mutex<ScriptedServer?>(nil)

    private init(_ folders: [ScriptedFolder], _ capabilities: String) {
        state = Mutex(State(folders: folders, capabilities: capabilities))
    }

    static func start(
        _ letters: [Letter] = [], folders: [ScriptedFolder] = [], capabilities: String = plain, tls: ScriptTLS? = nil
    ) async throws -> ScriptedIMAP {
        let mailbox = ScriptedIMAP([ScriptedFolder("INBOX", letters)] + folders, capabilities)
        let server = try await ScriptedServer.start(tls: tls) { [weak mailbox] connection in
            guard let mailbox else { return }
            do {
                var dialogue = ScriptedDialogue(mailbox: mailbox, connection: connection)
                try await dialogue.run()
            } catch is ScriptError {
                // Clients leave when they like.
            }
        }
        mailbox.server.withLock { $0 = server }
        return mailbox
    }

    func stop() async {
        state.withLock { $0.deviation = nil }
        await server.withLock { $0 }?.stop()
    }

    var port: Int { server.withLock { $0?.port ?? 0 } }
    var connections: Int { server.withLock { $0?.connections ?? 0 } }
    /// All lines that came so far.
    var received: [String] { server.withLock { $0?.received ?? [] } }
    var signIns: Int { state.withLock { $0.signIns } }

    /// How many commands of this name came so far.
    func count(_ name: String) -> Int { state.withLock { $0.commands[name] ?? 0 } }

    // MARK: The mailbox

    func change(_ folder: String = "INBOX", _ work: (inout ScriptedFolder) -> Void) {
        state.withLock { state in
            guard let index = state.folders.firstIndex(where: { Array($0.name.utf8) == Array(folder.utf8) }) else {
                return
            }
            work(&state.folders[index])
            state.version += 1
        }
    }

    func changeFolders(_ work: (inout [ScriptedFolder]) -> Void) {
        state.withLock { state in
            work(&state.folders)
            state.version += 1
        }
    }

    func deliver(_ letters: Letter..., to folder: String = "INBOX") {
        change(folder) { for letter in letters { $0.add(letter) } }
    }

    func remove(_ ids: String..., from folder: String = "INBOX") {
        change(folder) { $0.remove { ids.contains($0.id ?? "") } }
    }

    func folder(_ name: String) -> ScriptedFolder? {
        let name = name.uppercased() == "INBOX" ? "INBOX" : name
        // By octets: as texts, é of one scalar and é of two would be the same.
        return state.withLock { $0.folders.first { Array($0.name.utf8) == Array(name.utf8) } }
    }

    // MARK: Deviating

    func deviate(_ deviation: @escaping Deviation) { state.withLock { $0.deviation = deviation } }

    func behave() { state.withLock { $0.deviation = nil } }
}
