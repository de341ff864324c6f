import Foundation

/// A file that travels with a message.
struct Attachment: Sendable, Hashable {
    let name: String
    let type: String
    let bytes: [UInt8]

    /// A PDF of one page with one line of text, filled up with comments to some size in octets.
    static func pdf(_ name: String, title: String, size: Int) -> Attachment {
        let line = title.unicodeScalars.map { $0.isASCII && !"()\\".unicodeScalars.contains($0) ? String($0) : "?" }
            .joined()
        let content = "BT /F1 18 Tf 72 760 Td (\(line)) Tj ET"
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        var text = "%PDF-1.4\n"
        let comment = "% \(String(repeating: "-", count: 76))\n"
        while text.utf8.count < size - 700 { text += comment }
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            let digits = String(offset)
            text += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n"
        return Attachment(name: name, type: "application/pdf", bytes: Array(text.utf8))
    }

    static func csv(_ name: String, _ rows: [String]) -> Attachment {
        Attachment(name: name, type: "text/csv", bytes: Array((rows.joined(separator: "\r\n") + "\r\n").utf8))
    }

    /// A picture of one pixel, as a signature's logo (PNG).
    static let logo = Array(
        Data(
            base64Encoded:
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
            ?? Data())
}
