/// Why the demo cannot run.
enum DemoError: Error, CustomStringConvertible {
    case notADemo(path: String)
    case noDirector
    case notHidden
    case portInUse(Int)

    var description: String {
        switch self {
        case .notADemo(let path):
            "\(path) holds something that no demo put there, and the demo would empty it. Choose another folder with --data."
        case .noDirector: "The sample company has no one to begin with. This is a fault of the demo."
        case .notHidden: "The conversation that is to be hidden was not mirrored. This is a fault of the demo."
        case .portInUse(let port):
            "Another program serves on port \(port). End it, or choose another port: make demo ARGS=\"--port 9000\""
        }
    }
}
