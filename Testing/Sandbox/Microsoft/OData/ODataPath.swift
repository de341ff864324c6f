import Foundation

/// The segments of an OData path (OData URL Conventions 4.01, section 4): `me/mailFolders('inbox')/messages/delta()`.
///
/// A key in parentheses reads as the segment after: `mailFolders('inbox')` is `mailFolders`, `inbox`. Empty
/// parentheses and a namespace before a function's name are left out, as Graph takes calls with and without them.
struct ODataPath: Hashable, Sendable {
    let segments: [String]

    init(_ encoded: some StringProtocol) {
        var segments: [String] = []
        for part in encoded.split(separator: "/") {
            var part = part.removingPercentEncoding ?? String(part)
            guard part.hasSuffix(")"), let open = part.firstIndex(of: "(") else {
                segments.append(Self.unqualified(part))
                continue
            }
            var key = part[part.index(after: open)...].dropLast()
            part = String(part[..<open])
            segments.append(Self.unqualified(part))
            guard !key.isEmpty else { continue }
            if key.count >= 2, key.hasPrefix("'"), key.hasSuffix("'") { key = key.dropFirst().dropLast() }
            segments.append(key.replacingOccurrences(of: "''", with: "'"))
        }
        self.segments = segments
    }

    private static func unqualified(_ name: String) -> String {
        name.hasPrefix("microsoft.graph.") ? String(name.dropFirst(16)) : name
    }
}
