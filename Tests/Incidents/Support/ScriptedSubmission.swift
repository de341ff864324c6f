import ScriptedServer

/// A submission server that signs anybody in.
enum ScriptedSubmission {
    static func start() async throws -> ScriptedServer {
        try await ScriptedServer.start { connection in
            try await connection.send("220 ready\r\n")
            while true {
                let line = try await connection.readLine().uppercased()
                if line.hasPrefix("EHLO") {
                    try await connection.send("250-hello\r\n250 AUTH PLAIN\r\n")
                } else if line.hasPrefix("AUTH") {
                    try await connection.send("235 welcome\r\n")
                } else if line.hasPrefix("QUIT") {
                    try await connection.send("221 bye\r\n")
                    return
                } else {
                    try await connection.send("250 ok\r\n")
                }
            }
        }
    }
}
