import Foundation

@testable import Web

/// The templates and assets as text.
enum TemplateSources {
    static func all() throws -> [(name: String, text: String)] {
        var all: [(String, String)] = []
        let files = FileManager.default.enumerator(atPath: Templates.folder.path)
        while let path = files?.nextObject() as? String {
            guard path.hasSuffix(".mustache") else { continue }
            all.append((path, try String(contentsOf: Templates.folder.appending(path: path), encoding: .utf8)))
        }
        return all
    }

    static func asset(_ name: String) throws -> String {
        let folder = Templates.folder.deletingLastPathComponent().appending(path: "Assets")
        return try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
}
