import NIOCore
import NIOPosix
import ScriptedServer
import TestServers
import Testing

/// A client that sends what it is given and reads to the end.
private func exchange(port: Int, _ text: String) async throws -> String {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .channelOption(.allowRemoteHalfClosure, value: true)
        .connect(host: "127.0.0.1", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
    return try await channel.executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: text))
        var answer = ""
        for try await part in inbound { answer += String(buffer: part) }
        return answer
    }
}

@Suite struct ScriptedServerTests {
    @Test func `a script hears lines and octets and answers them`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("hello \(connection.index)\r\n")
            #expect(try await connection.readLine() == "first")
            #expect(try await connection.readExactly(3) == Array("abc".utf8))
            #expect(try await connection.expect(prefix: "NEXT ") == "word")
            try await connection.sendByteByByte("bye\r\n")
        }
        for number in 0..<2 {
            let answer = try await exchange(port: server.port, "first\r\nabcnext word\nunread\r\nunfinished")
            #expect(answer == "hello \(number)\r\nbye\r\n")
        }
        #expect(server.connections == 2)
        #expect(server.received == ["first", "abcnext word", "unread", "first", "abcnext word", "unread"])
        await server.stop()
        #expect(server.failures == [])
    }

    @Test func `a script that throws ends its connection and is kept`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("one")
            try await connection.expect(prefix: "expected")
        }
        #expect(try await exchange(port: server.port, "other\r\n") == "one")
        await server.stop()
        #expect(server.failures == ["The client said \"other\" where the script expects \"expected\"."])
    }

    @Test func `IMAP commands are read with their literals`() async throws {
        let server = try await ScriptedServer.start { connection in
            let login = try await connection.command()
            #expect(login == ("a1", "LOGIN", "{5}\r\nalice {3+}\r\npw2"))
            let fetch = try await connection.command()
            #expect(fetch == ("a2", "UID FETCH", "1:* (FLAGS)"))
            let idle = try await connection.command()
            #expect(idle == ("a3", "IDLE", ""))
        }
        let text = "a1 login {5}\r\nalice {3+}\r\npw2\r\na2 uid fetch 1:* (FLAGS)\r\na3 idle\r\n"
        #expect(try await exchange(port: server.port, text) == "+ OK\r\n")
        await server.stop()
        #expect(server.failures == [])
    }

    @Test func `stop ends a script that stalls, and its connection`() async throws {
        let server = try await ScriptedServer.start { connection in
            try await connection.send("x\r\n")
            await connection.stall()
        }
        let port = server.port
        let client = Task { try await exchange(port: port, "line\r\n") }
        while server.received.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        await server.stop()
        #expect(try await client.value == "x\r\n")
        #expect(server.failures == [])
    }
}
