import Foundation

/// The processors of this machine.
enum Processors {
    static var count: Int { ProcessInfo.processInfo.processorCount }

    /// Lets this process, and those that it starts from now on, run on these processors alone.
    static func confine(to processors: ClosedRange<Int>) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/taskset")
        process.arguments = [
            "--all-tasks", "--cpu-list", "--pid", "\(processors.lowerBound)-\(processors.upperBound)", "\(getpid())",
        ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchmarkError.unexpected("taskset failed.") }
    }
}
