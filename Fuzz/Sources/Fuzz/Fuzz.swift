import Glibc
import LibFuzzer

/// `Fuzz TARGET` and then the options of libFuzzer.
@main
struct Fuzz {
    /// Set once, before the fuzzer starts its only thread.
    nonisolated(unsafe) static var target = Target.mime

    static func main() {
        guard CommandLine.argc > 1, let name = CommandLine.arguments.dropFirst().first,
            let target = Target(rawValue: name)
        else {
            print(
                "Fuzz TARGET [options of libFuzzer]; there are \(Target.allCases.map(\.rawValue).joined(separator: ", "))"
            )
            exit(2)
        }
        Self.target = target
        var count = CommandLine.argc - 1
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
        exit(
            LLVMFuzzerRunDriver(&count, &arguments) { data, size in
                if let broken = Fuzz.target.check(UnsafeBufferPointer(start: data, count: size)) { fatalError(broken) }
                return 0
            })
    }
}
