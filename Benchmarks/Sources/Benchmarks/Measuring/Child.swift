import Foundation

/// A part of the benchmarks that runs in a process of its own, so that time and memory are its own: this very program
/// with a hidden subcommand. It reports by lines of JSON on standard output.
struct Child {
    let subcommand: String
    let arguments: [String]

    /// Runs it to its end.
    /// - Parameter report: called with each line, while it runs.
    func run(_ report: (Data) throws -> Void) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [subcommand] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var pending = Data()
        while true {
            let data = output.fileHandleForReading.availableData
            if data.isEmpty { break }
            pending += data
            while let end = pending.firstIndex(of: 0x0a) {
                try report(Data(pending[pending.startIndex..<end]))
                pending = Data(pending[pending.index(after: end)...])
            }
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkError.childFailed(subcommand, status: process.terminationStatus)
        }
    }

    /// Runs it and returns its only report.
    func run<Report: Decodable>(_ type: Report.Type) throws -> Report {
        var last: Report?
        try run { last = try JSONDecoder().decode(Report.self, from: $0) }
        guard let last else { throw BenchmarkError.childFailed(subcommand, status: 0) }
        return last
    }

    /// Called by the child.
    static func tell(_ report: some Encodable) throws {
        FileHandle.standardOutput.write(try JSONEncoder().encode(report) + [0x0a])
    }
}

enum BenchmarkError: Error, CustomStringConvertible {
    case childFailed(String, status: Int32)
    case programFailed(String, status: Int32, output: String)
    case notFinished(String)
    case unexpected(String)

    var description: String {
        switch self {
        case .childFailed(let name, let status): "The part \(name) failed (status \(status)); its words stand above."
        case .programFailed(let name, let status, let output): "\(name) failed (status \(status)): \(output)"
        case .notFinished(let what): "\(what) did not finish in time."
        case .unexpected(let what): what
        }
    }
}
