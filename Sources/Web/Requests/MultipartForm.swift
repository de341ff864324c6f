import Hummingbird

/// A file that came with a form.
struct Upload: Sendable, Hashable {
    /// As the browser names it, without folders.
    let fileName: String
    let content: [UInt8]

    /// In bytes: an address book of some hundred thousand people. It is held in memory while it comes.
    static let limit = 32 * 1_024 * 1_024
}

/// A form with a file, as `multipart/form-data` carries it (RFC 7578): what browsers send, no more.
struct MultipartForm: Sendable {
    private(set) var fields = FormFields()
    private(set) var upload: Upload?

    /// More than the fields around a file take, in bytes.
    static let overhead = 64 * 1_024
    /// More parts than any form has.
    static let partLimit = 50

    /// The boundary that a Content-Type names; nil for one of another kind.
    static func boundary(of contentType: String) -> String? {
        let parts = contentType.split(separator: ";").map(\.trimmedBlanks)
        guard parts.first?.lowercased() == "multipart/form-data" else { return nil }
        for part in parts.dropFirst() where part.lowercased().hasPrefix("boundary=") {
            let value = part.dropFirst(9).replacing("\"", with: "")
            // RFC 2046, section 5.1.1.
            return (1...70).contains(value.utf8.count) ? String(value) : nil
        }
        return nil
    }

    /// What does not end, or is no part, is left out.
    init(_ body: ByteBuffer, boundary: String) {
        let mark = Array("\r\n--\(boundary)".utf8)
        body.withUnsafeReadableBytes { bytes in
            // The first mark has no line end before it.
            guard bytes.starts(with: mark.dropFirst(2)) else { return }
            var start = mark.count - 2
            for _ in 0..<Self.partLimit {
                guard let end = Self.find(mark, in: bytes, from: start) else { return }
                add(bytes[start..<end])
                start = end + mark.count
            }
        }
    }

    private mutating func add(_ part: Slice<UnsafeRawBufferPointer>) {
        // Behind the mark a line end, the headers, an empty line, and the content.
        let bytes = UnsafeRawBufferPointer(rebasing: part)
        guard let headerEnd = Self.find(Array("\r\n\r\n".utf8), in: bytes, from: 0), headerEnd <= 4_096 else { return }
        let headers = String(decoding: bytes[..<headerEnd], as: UTF8.self)
        guard
            let disposition = headers.split(separator: "\r\n").first(where: {
                $0.lowercased().hasPrefix("content-disposition:")
            }), let name = Self.parameter("name", disposition)
        else { return }
        let content = bytes[(headerEnd + 4)...]
        if let fileName = Self.parameter("filename", disposition) {
            let last = fileName.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
            upload = Upload(fileName: String(last.prefix(200)), content: Array(content))
        } else {
            fields.append(name, String(decoding: content, as: UTF8.self))
        }
    }

    /// Browsers write a quotation mark in a value as %22 (WHATWG HTML, section 4.10.21.8), and nothing else otherwise: a
    /// semicolon in the name of a file is part of it.
    private static func parameter(_ name: String, _ header: Substring) -> String? {
        var rest = header.drop { $0 != ";" }
        while !rest.isEmpty {
            let key = rest.dropFirst().prefix { $0 != "=" && $0 != ";" }
            rest = rest[key.endIndex...]
            guard rest.hasPrefix("=\"") else {
                rest = rest.dropFirst().drop { $0 != ";" }
                continue
            }
            let value = rest.dropFirst(2).prefix { $0 != "\"" }
            // A quotation mark that nothing closes.
            guard value.endIndex < header.endIndex else { return nil }
            if key.trimmedBlanks.lowercased() == name { return String(value.replacing("%22", with: "\"")) }
            rest = rest[value.endIndex...].drop { $0 != ";" }
        }
        return nil
    }

    private static func find(_ mark: [UInt8], in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var index = start
        let last = bytes.count - mark.count
        while index <= last {
            if bytes[index] == mark[0] {
                var length = 1
                while length < mark.count, bytes[index + length] == mark[length] { length += 1 }
                if length == mark.count { return index }
            }
            index += 1
        }
        return nil
    }
}

extension Substring {
    fileprivate var trimmedBlanks: String { String(self).trimmed }
}
