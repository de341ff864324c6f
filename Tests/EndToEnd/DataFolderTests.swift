import Foundation
import TestServers
import Testing

/// The folder that an installation lives in.
@Suite(.serialized) struct DataFolderTests {
    @Test func `a second program on the same folder ends with a sentence, and the first goes on`() async throws {
        let server = try Server()
        _ = try await server.start()
        let (status, words) = try run(["sync", "--data", server.folder.file("data").path])
        #expect(status != 0)
        #expect(words.contains("Another Mailcard (process "), "\(words)")
        #expect(words.contains("--data"), "\(words)")
        #expect(server.isRunning)
        server.stop()
    }

    @Test func `what is made in it can be read by its owner only, also where the folder is open to others`()
        async throws
    {
        let server = try Server()
        let folder = server.folder.file("data")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        _ = try await server.start()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.contains("mailcard.sqlite") && names.contains("mailcard.key"))
        for name in names {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
            let mode = try #require(attributes[.posixPermissions] as? Int)
            #expect(mode & 0o077 == 0, "\(name): \(String(mode, radix: 8))")
        }
        server.stop()
    }

    private func run(_ arguments: [String]) throws -> (status: Int32, words: String) {
        let program = Process()
        program.executableURL = try ProductProgram.url("mailcard")
        program.arguments = arguments
        let output = Pipe()
        program.standardOutput = output
        program.standardError = output
        try program.run()
        let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        program.waitUntilExit()
        return (program.terminationStatus, words)
    }
}
