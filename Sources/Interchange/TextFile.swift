import Mail

/// The text of a file that someone uploads, whatever program wrote it.
public enum TextFile {
    /// The text in UTF-8, without a byte order mark. UTF-16 is known by its mark, or by the zero bytes of Latin
    /// letters; what is not UTF-8 otherwise is read as Windows-1252.
    public static func utf8(_ bytes: [UInt8]) -> [UInt8] {
        let label = isUTF16WithoutMark(bytes) ? "utf-16" : nil
        return Array(Charset.decode(bytes, label: label).utf8)
    }

    private static func isUTF16WithoutMark(_ bytes: [UInt8]) -> Bool {
        let sample = bytes.prefix(4_096)
        guard sample.count >= 4, bytes.count.isMultiple(of: 2) else { return false }
        return sample.count { $0 == 0 } * 4 >= sample.count
    }
}
