import Foundation
import Glibc

/// A fresh folder under /tmp, removed with everything in it when the value is let go. Its path is short, since the
/// servers put Unix sockets there, whose paths must stay below 108 octets.
public final class TemporaryFolder: Sendable {
    public let url: URL
    public var path: String { url.path }

    public init(_ purpose: String) throws(TestServerError) {
        var template = Array("/tmp/mailcard-\(purpose)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw .lastError(of: "mkdtemp") }
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        url = URL(fileURLWithPath: path, isDirectory: true)
        chmod(path, 0o755)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    public func file(_ name: String) -> URL { url.appendingPathComponent(name) }

    func makeFolder(_ name: String) throws(TestServerError) {
        do {
            try FileManager.default.createDirectory(at: file(name), withIntermediateDirectories: true)
        } catch {
            throw .system(call: "mkdir \(name)", reason: "\(error)")
        }
    }

    func write(_ text: String, to name: String) throws(TestServerError) {
        do {
            try Data(text.utf8).write(to: file(name))
        } catch {
            throw .system(call: "write \(name)", reason: "\(error)")
        }
    }
}
