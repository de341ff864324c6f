import Foundation
import HTTPTypes
import Hummingbird

/// The style sheet, scripts and icons, read once at the start and served from memory.
struct Assets: Sendable {
    private struct File: Sendable {
        let body: ByteBuffer
        let type: String
    }

    private let files: [String: File]
    private let version: String
    let addresses: AssetAddresses

    /// - Throws: when the folder that is part of the program cannot be read.
    init() throws {
        let folder = Bundle.module.bundleURL.appending(path: "Assets", directoryHint: .isDirectory)
        var files: [String: File] = [:]
        var hash: UInt64 = 14_695_981_039_346_656_037
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            guard let type = Self.types[String(name.split(separator: ".").last ?? "")] else { continue }
            let data = try Data(contentsOf: folder.appending(path: name))
            for byte in data { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
            files[name] = File(body: ByteBuffer(bytes: data), type: type)
        }
        self.files = files
        version = String(hash, radix: 36)
        let base = "/assets/\(version)/"
        addresses = AssetAddresses(
            style: base + "mailcard.css", script: base + "mailcard.js", icons: base + "icons.svg",
            favicon: base + "favicon.svg")
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    ]

    /// An address of another version is answered with this one, but not kept.
    func response(version: String, name: String) -> Response? {
        guard let file = files[name] else { return nil }
        let caching = version == self.version ? "public, max-age=31536000, immutable" : "no-cache"
        return Response(
            status: .ok, headers: [.contentType: file.type, .cacheControl: caching],
            body: ResponseBody(byteBuffer: file.body))
    }
}
