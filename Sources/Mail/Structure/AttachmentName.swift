/// Names as they are shown.
enum AttachmentName {
    /// Characters of a name that are kept; file systems allow 255.
    static let limit = 255

    /// A file name without the folders that some programs send along, and without what cannot be seen.
    static func fileName(_ name: String) -> String? {
        let isSlash = { (scalar: Unicode.Scalar) in scalar == "/" || scalar == "\\" }
        let scalars = name.unicodeScalars
        guard let slash = scalars.lastIndex(where: isSlash) else { return visible(name) }
        return visible(String(scalars[scalars.index(after: slash)...])) ?? visible(name)
    }

    /// The text in one line without control characters and without those that turn its direction, with which `exe.pdf`
    /// can be made of `fdp.exe`; `nil` if nothing is left.
    static func visible(_ name: String) -> String? {
        var result = String.UnicodeScalarView()
        var count = 0
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0x20, 0x09, 0x0A, 0x0D: if let last = result.last, last != " " { result.append(" ") }
            case 0..<0x20, 0x7F..<0xA0, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF: break
            default: result.append(scalar)
            }
            count += 1
            if count >= limit { break }
        }
        if result.last == " " { result.removeLast() }
        return result.isEmpty ? nil : String(result)
    }
}
