/// Header text made fit for a line on a page: without what breaks lines, disguises other text or shows nothing.
enum VisibleText {
    /// What a character turns into.
    private enum Fate {
        case kept
        case space
        case dropped
    }

    /// - Parameter trimming: whether blanks at both ends go.
    static func cleaned(_ text: String, trimming: Bool) -> String {
        guard needsCleaning(text, trimming: trimming) else { return text }
        var result = String.UnicodeScalarView()
        var previousBecameSpace = false
        for scalar in text.unicodeScalars {
            switch fate(scalar) {
            case .kept:
                result.append(scalar)
                previousBecameSpace = false
            case .space:
                if !previousBecameSpace, result.last != " " { result.append(" ") }
                previousBecameSpace = true
            case .dropped: break
            }
        }
        guard trimming else { return String(result) }
        var trimmed = result[...]
        while let first = trimmed.first, first.properties.isWhitespace { trimmed.removeFirst() }
        while let last = trimmed.last, last.properties.isWhitespace { trimmed.removeLast() }
        return String(trimmed)
    }

    private static func needsCleaning(_ text: String, trimming: Bool) -> Bool {
        var isASCII = true
        for byte in text.utf8 {
            if byte < 0x20 || byte == 0x7F { return true }
            if byte >= 0x80 { isASCII = false }
        }
        if trimming, text.utf8.first == 0x20 || text.utf8.last == 0x20 { return true }
        return !isASCII
    }

    private static func fate(_ scalar: Unicode.Scalar) -> Fate {
        switch scalar.value {
        case 0x09...0x0D, 0x85, 0x2028, 0x2029: .space
        case 0x00...0x1F, 0x7F...0x9F: .dropped
        // Soft hyphen, Mongolian vowel separator, zero-width space.
        case 0xAD, 0x180E, 0x200B: .dropped
        // Embeddings, overrides and isolates of bidirectional text.
        case 0x202A...0x202E, 0x2066...0x2069: .dropped
        // Word joiner, invisible operators, deprecated format characters, byte order mark, annotations.
        case 0x2060...0x2065, 0x206A...0x206F, 0xFEFF, 0xFFF9...0xFFFB: .dropped
        default: .kept
        }
    }
}
