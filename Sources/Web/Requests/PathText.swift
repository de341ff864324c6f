/// Addresses within this site.
enum PathText {
    /// A place of this site to go to after signing in, or nil: what leads elsewhere is not followed.
    ///
    /// `//host` and `/\host` are other hosts to a browser, which also drops tabs and line ends.
    static func local(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.count <= 2_000 else { return nil }
        if bytes.count > 1, bytes[1] == UInt8(ascii: "/") || bytes[1] == UInt8(ascii: "\\") { return nil }
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else { return nil }
        return text
    }

    /// A value for a query or a part of a path.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                escaped += "%" + String(byte >> 4, radix: 16, uppercase: true)
                escaped += String(byte & 15, radix: 16, uppercase: true)
            }
        }
        return escaped
    }

    /// A path with a query; values that are nil or empty are left out.
    static func with(_ path: String, _ query: KeyValuePairs<String, String?>) -> String {
        let parts = query.compactMap { name, value -> String? in
            guard let value, !value.isEmpty else { return nil }
            return name + "=" + escaped(value)
        }
        return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
    }
}
