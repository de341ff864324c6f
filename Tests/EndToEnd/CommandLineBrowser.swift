import Foundation
import TestServers
import Testing

/// Asks for pages with curl, which keeps the cookies.
final class CommandLineBrowser {
    var base = ""
    private let folder: TemporaryFolder
    private var csrf = ""

    init(_ folder: TemporaryFolder) throws { self.folder = folder }

    @discardableResult
    func get(_ path: String) throws -> String { try run([base + path]).body }

    /// - Parameter fields: "name=value"
    @discardableResult
    func post(_ path: String, _ fields: [String]) throws -> String {
        let data = (["csrf=" + csrf] + fields).flatMap { ["--data-urlencode", $0] }
        return try run(data + [base + path]).body
    }

    /// - Returns: where the answer leads.
    func upload(_ file: Data, to path: String) throws -> String {
        let place = folder.file("contacts.csv")
        try file.write(to: place)
        let address = try run(["-F", "csrf=" + csrf, "-F", "file=@" + place.path, base + path]).address
        return String(address.dropFirst(base.count))
    }

    private func run(_ arguments: [String]) throws -> (body: String, address: String) {
        let program = Process()
        program.executableURL = URL(filePath: "/usr/bin/curl")
        let cookies = folder.file("cookies").path
        program.arguments =
            ["-sS", "-L", "-m", "60", "-b", cookies, "-c", cookies, "-w", "\n%{url_effective}"] + arguments
        let output = Pipe()
        program.standardOutput = output
        try program.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        program.waitUntilExit()
        try #require(program.terminationStatus == 0, "curl ended with \(program.terminationStatus)")
        let end = try #require(text.range(of: "\n", options: .backwards))
        let body = String(text[..<end.lowerBound])
        if let place = body.range(of: "name=\"csrf\" value=\"") {
            csrf = String(body[place.upperBound...].prefix { $0 != "\"" })
        }
        return (body, String(text[end.upperBound...]))
    }
}
