/// A MIME entity to be written.
indirect enum MIMEPart: Sendable {
    /// A leaf: its fields, and its body as it travels.
    case leaf(fields: [HeaderField], body: [UInt8])
    /// `multipart/subtype` with its boundary and further parameters.
    case multipart(String, boundary: String, parameters: String, parts: [MIMEPart])

    static func text(
        _ text: String, subtype: String = "plain", charset: Charset, encoding: TransferEncoding, parameters: String = ""
    ) -> MIMEPart {
        let used = charset.encode(text) == nil ? Charset.utf8 : charset
        let bytes = used.encode(text) ?? Array(text.utf8)
        var travel = encoding
        if encoding == .sevenBit, bytes.contains(where: { $0 >= 0x80 }) { travel = .quotedPrintable }
        return .leaf(
            fields: [
                HeaderField("Content-Type", "text/\(subtype); charset=\(used.rawValue)\(parameters)"),
                HeaderField("Content-Transfer-Encoding", travel.rawValue),
            ], body: travel.encode(bytes))
    }

    static func attachment(_ file: Attachment) -> MIMEPart {
        .leaf(
            fields: [
                HeaderField("Content-Type", "\(file.type); \(EncodedWords.parameter("name", file.name))"),
                HeaderField("Content-Transfer-Encoding", "base64"),
                HeaderField("Content-Disposition", "attachment; \(EncodedWords.parameter("filename", file.name))"),
            ], body: TransferEncoding.base64.encode(file.bytes))
    }

    /// A picture that the HTML part shows by `cid:`.
    /// - Parameter name: nil where the program gives none.
    static func inlineImage(_ bytes: [UInt8], contentID: String, name: String?) -> MIMEPart {
        .leaf(
            fields: [
                HeaderField("Content-Type", "image/png" + (name.map { "; name=\"\($0)\"" } ?? "")),
                HeaderField("Content-Transfer-Encoding", "base64"),
                HeaderField("Content-ID", "<\(contentID)>"),
                HeaderField("Content-Disposition", "inline" + (name.map { "; filename=\"\($0)\"" } ?? "")),
            ], body: TransferEncoding.base64.encode(bytes))
    }

    static func message(_ bytes: [UInt8]) -> MIMEPart {
        .leaf(
            fields: [HeaderField("Content-Type", "message/rfc822"), HeaderField("Content-Disposition", "inline")],
            body: bytes)
    }

    /// Fields, empty line and body.
    func write(to bytes: inout [UInt8]) {
        switch self {
        case .leaf(let fields, let body):
            for field in fields { bytes += field.text.utf8 }
            bytes += [0x0D, 0x0A]
            bytes += body
        case .multipart(let subtype, let boundary, let parameters, let parts):
            bytes +=
                HeaderField("Content-Type", "multipart/\(subtype)\(parameters); boundary=\"\(boundary)\"").text.utf8
            bytes += "\r\n".utf8
            for part in parts {
                bytes += "--\(boundary)\r\n".utf8
                part.write(to: &bytes)
                bytes += "\r\n".utf8
            }
            bytes += "--\(boundary)--\r\n".utf8
        }
    }
}
