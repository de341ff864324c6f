import Foundation
import Mail
import Testing

/// Delivery reports of some hundred kinds of mail servers.
@Suite(.enabled(if: SharedMaterial.isExpected, SharedMaterial.absence))
struct BounceTests {
    private static let folder = "corpus/bounces"

    private static func reports() -> [String] {
        let root = SharedMaterial.folder.appendingPathComponent(folder)
        let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasPrefix("maildir/") || $0.hasPrefix("to-be") }.filter { file in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(
                atPath: root.appendingPathComponent(file).path, isDirectory: &isFolder)
                && !isFolder.boolValue && !file.hasSuffix(".md")
        }.sorted()
    }

    /// Reports whose text keeps what looks like MIME, and why.
    private static let exceptions = [
        "maildir/bsd/rfc3464-35.eml": "its boundary is indented and so none",
        "maildir/bsd/lhost-yahoo-03.eml": "the returned header begins in the middle of a field",
    ]

    @Test func `every delivery report gives text for a person, without MIME or encoded content`() throws {
        let reports = Self.reports()
        #expect(reports.count >= 800, "found \(reports.count) reports")
        for report in reports {
            guard let data = SharedMaterial.data("\(Self.folder)/\(report)") else { continue }
            let text = MIMEMessage.parse(Array(data)).text().text
            let hasLetters = text.contains { $0.isLetter }
            #expect(hasLetters, "\(report) has no text")
            let junk = text.split(separator: "\n").first { Self.isMIME($0) || Self.isBase64($0) }
            let isExpected = Self.exceptions[report] != nil
            #expect((junk != nil) == isExpected, "\(report): \(junk ?? "no longer an exception")")
        }
    }

    @Test func `a snippet of every delivery report is one line of words`() {
        for report in Self.reports() {
            guard let data = SharedMaterial.data("\(Self.folder)/\(report)") else { continue }
            let text = MIMEMessage.parse(Array(data)).text().text
            let snippet = QuotedText.snippet(of: text)
            #expect(!snippet.isEmpty && snippet.count <= 160 && !snippet.contains("\n"), "\(report): \(snippet)")
            #expect(QuotedText.segments(of: text).map(\.text).joined() == text, "\(report)")
        }
    }

    private static func isMIME(_ line: Substring) -> Bool {
        let line = line.lowercased()
        return ["content-type:", "content-transfer-encoding:", "mime-version:"].contains { line.hasPrefix($0) }
    }

    /// A long line of letters and digits in both cases without a blank.
    private static func isBase64(_ line: Substring) -> Bool {
        line.utf8.count >= 56 && line.contains(where: \.isUppercase) && line.contains(where: \.isLowercase)
            && line.contains(where: \.isNumber)
            && line.utf8.allSatisfy {
                switch $0 {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2F, 0x3D: true
                default: false
                }
            }
    }
}
