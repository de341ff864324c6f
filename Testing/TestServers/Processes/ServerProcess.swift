import Foundation
import Glibc
import Synchronization

/// A server program in a session of its own, which never outlives the program that started it.
///
/// Between the two stands a shell that holds the reading end of a pipe. When the pipe closes, because ``stop()`` was
/// called or because we died of whatever, the shell ends the server and everything it left in its process group; if we
/// died, it also removes the server's folder.
final class ServerProcess: Sendable {
    private struct State {
        var pipe: Int32
        var isReaped = false
    }

    /// The process group that the server and all its children belong to.
    let group: pid_t
    private let state: Mutex<State>

    private static let guardian = """
        folder=$1 parent=$2; shift 2
        cd "$folder" || exit 1
        "$@" 3<&- </dev/null &
        server=$!
        {
            read -r word
            kill -TERM "$server"
            sleep 8
            kill -KILL "$server"
        } <&3 3<&- 2>/dev/null >&2 &
        wait "$server"
        sleep 0.2
        kill -0 "$parent" 2>/dev/null || rm -rf -- "$folder"
        kill -KILL "-$$"
        """

    /// - Parameters:
    ///   - folder: where the server lives; it is the current folder and HOME, and is removed if we die.
    ///   - output: the file to which standard output and error are appended.
    init(_ command: [String], folder: String, output: String) throws(TestServerError) {
        // One at a time, lest another's child inherits our end of the pipe before it is marked close-on-exec.
        let (child, end) = try Self.starting.withLock { _ throws(TestServerError) in
            try Self.spawn(command, folder: folder, output: output)
        }
        group = child
        state = Mutex(State(pipe: end))
    }

    private static let starting = Mutex<Void>(())

    private static func spawn(_ command: [String], folder: String, output: String) throws(TestServerError)
        -> (child: pid_t, pipe: Int32)
    {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw .lastError(of: "pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o666)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // A descriptor cannot be "duplicated" onto itself so as to lose its close-on-exec flag everywhere, hence two
        // steps.
        posix_spawn_file_actions_adddup2(&actions, ends[0], 200)
        posix_spawn_file_actions_adddup2(&actions, 200, 3)
        posix_spawn_file_actions_addclose(&actions, 200)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        let setSession: Int32 = 0x80  // POSIX_SPAWN_SETSID
        posix_spawnattr_setflags(&attributes, Int16(setSession | Int32(POSIX_SPAWN_SETSIGMASK)))

        let words = ["/bin/sh", "-c", guardian, "guardian", folder, "\(getpid())"] + command
        let environment = [
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=\(folder)", "LC_ALL=C.UTF-8",
        ]
        var child: pid_t = 0
        var status: Int32 = 0
        withCStrings(words) { arguments in
            withCStrings(environment) { variables in
                status = posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments, variables)
            }
        }
        guard status == 0 else {
            close(ends[1])
            throw .system(call: "posix_spawn", reason: String(cString: strerror(status)))
        }
        return (child, ends[1])
    }

    deinit { kill() }

    /// Whether the server still runs.
    var isRunning: Bool {
        state.withLock { state in
            if !state.isReaped { reap(&state, options: WNOHANG) }
            return !state.isReaped
        }
    }

    /// Asks the server to end (SIGTERM) and returns when all its processes are gone; after 10 seconds they are killed.
    func stop() async {
        state.withLock { state in
            guard state.pipe >= 0 else { return }
            close(state.pipe)
            state.pipe = -1
        }
        for _ in 0..<1000 where isRunning { try? await Task.sleep(for: .milliseconds(10)) }
        kill()
    }

    /// Kills the server and all its children at once, as a power failure would.
    func kill() {
        state.withLock { state in
            if !state.isReaped {
                Glibc.kill(-group, SIGKILL)
                reap(&state, options: 0)
            }
            if state.pipe >= 0 { close(state.pipe) }
            state.pipe = -1
        }
    }

    private func reap(_ state: inout State, options: Int32) {
        var status: Int32 = 0
        var result: pid_t
        repeat { result = waitpid(group, &status, options) } while result < 0 && errno == EINTR
        if result != 0 { state.isReaped = true }
    }
}

/// Lends the words as the null-terminated array that exec takes.
func withCStrings(_ words: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Void) {
    let copies = words.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    body(copies + [nil])
}
