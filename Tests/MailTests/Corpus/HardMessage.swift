import Foundation
import Mail

/// One of the hard messages with the result that another parser gives.
struct HardMessage {
    let name: String
    let message: [UInt8]
    private let expected: [String: Any]

    static let folder = "corpus/parser-cases/resources/eml"

    /// - Parameter lineEnd: `lf` for the message as it stands, `crlf` for it with the line ends of the network.
    init?(_ name: String, lineEnd: String) {
        guard let message = SharedMaterial.data("\(Self.folder)/\(name).eml"),
            let json = SharedMaterial.data("\(Self.folder)/\(name)\(lineEnd == "crlf" ? ".crlf" : "").json"),
            let expected = (try? JSONSerialization.jsonObject(with: json)) as? [String: Any]
        else { return nil }
        self.name = name
        self.expected = expected
        var bytes: [UInt8] = []
        for byte in message {
            if lineEnd == "crlf", byte == 0x0A, bytes.last != 0x0D { bytes.append(0x0D) }
            bytes.append(byte)
        }
        self.message = bytes
    }

    static func names() -> [String] {
        let root = SharedMaterial.folder.appendingPathComponent(folder)
        let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".eml") }.map { String($0.dropLast(4)) }.sorted()
    }

    // MARK: Expected

    private var parts: [[String: Any]] { expected["parts"] as? [[String: Any]] ?? [] }

    private func bodies(_ key: String) -> [[String: Any]] {
        (expected[key] as? [Int] ?? []).map { parts[$0] }
    }

    /// The words of the plain text; of HTML where a part has no plain version.
    var words: [Substring] {
        let texts = bodies("text_body").map { part -> String in
            let body = part["body"] as? [String: Any] ?? [:]
            return body["Text"] as? String ?? HTMLText.render(body["Html"] as? String ?? "")
        }
        return Self.words(texts.joined(separator: "\n"))
    }

    /// Of files; we name attached messages by their subjects.
    var attachmentNames: [String] {
        bodies("attachments").compactMap { part in
            let type = value(part, "content_type")?["c_type"] as? String
            return type == "message"
                ? nil : name(part, "content_disposition", "filename") ?? name(part, "content_type", "name")
        }
    }

    var subject: String? {
        let headers = parts.first?["headers"] as? [[String: Any]] ?? []
        let field = headers.first { $0["name"] as? String == "subject" }
        return (field?["value"] as? [String: Any])?["Text"] as? String
    }

    private func name(_ part: [String: Any], _ field: String, _ parameter: String) -> String? {
        let attributes = value(part, field)?["attributes"] as? [[String: String]] ?? []
        return attributes.first { $0["name"] == parameter }?["value"]
    }

    private func value(_ part: [String: Any], _ field: String) -> [String: Any]? {
        let headers = part["headers"] as? [[String: Any]] ?? []
        let value = headers.first { $0["name"] as? String == field }?["value"] as? [String: Any]
        return value?["ContentType"] as? [String: Any]
    }

    /// Words without what we take out of text.
    static func words(_ text: String) -> [Substring] {
        let visible = text.unicodeScalars.map { scalar -> Character in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0xA0, 0x0B, 0x0C, 0x2028, 0x2029: " "
            case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: "\u{0}"
            default: Character(scalar)
            }
        }
        return String(visible.filter { $0 != "\u{0}" }).split(separator: " ")
    }
}
