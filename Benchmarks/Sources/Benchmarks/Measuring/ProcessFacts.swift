import Foundation

/// What the kernel tells of a process.
enum ProcessFacts {
    /// The most memory that it held at a time, in octets (VmHWM), as long as it runs.
    static func peakMemory(of process: String = "self") -> Int {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else { return 0 }
        for line in text.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            return (Int(line.filter(\.isNumber)) ?? 0) * 1024
        }
        return 0
    }

    /// Processor time of this process, in seconds.
    static var processorTime: Double {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_utime.seconds + usage.ru_stime.seconds
    }
}

extension timeval {
    fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}

/// What the measurements were taken on.
enum Machine {
    static var facts: String {
        let processor = first("/proc/cpuinfo", "model name") ?? "unknown processor"
        let memory = first("/proc/meminfo", "MemTotal").flatMap { Int($0.filter(\.isNumber)) } ?? 0
        let kernel = (try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8))?
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return
            "\(ProcessInfo.processInfo.activeProcessorCount) × \(processor), \(memory >> 20) GB, Linux \(kernel ?? "")"
    }

    /// Runnable processes, averaged over the last minute. Other work on the machine makes measurements worthless.
    static var load: String {
        (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))?.split(separator: " ").first.map(String.init)
            ?? "?"
    }

    private static func first(_ file: String, _ key: String) -> String? {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix(key) }
        return line?.split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
