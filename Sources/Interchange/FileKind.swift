import Wording

/// What kind of file someone uploads, by its content.
public enum FileKind: String, Sendable, Hashable, Codable {
    case csv
    case vCard = "vcard"

    /// - Throws: ``FileRefusal``.
    public static func of(_ bytes: [UInt8]) throws(FileRefusal) -> FileKind {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw .workbook
        }
        let start = String(decoding: TextFile.utf8(Array(bytes.prefix(4_096))), as: UTF8.self)
        let text = start.drop(while: \.isWhitespace)
        if text.isEmpty { throw .empty }
        if text.prefix(11).lowercased() == "begin:vcard" { return .vCard }
        // Text holds no NUL; UTF-16 was made UTF-8 above.
        if text.unicodeScalars.contains("\u{0}") { throw .notText }
        return .csv
    }
}

/// Why a file cannot be read at all.
public enum FileRefusal: Error, Hashable, Sendable {
    case empty
    case workbook
    case notText

    public var sentence: Phrase {
        switch self {
        case .empty: "The file is empty. Choose another one."
        case .workbook:
            "This is an Excel workbook. Open it, choose Save as and the type “CSV UTF-8”, and import that file."
        case .notText: "This is neither a CSV file nor a vCard file. Choose one that ends in .csv or .vcf."
        }
    }
}
