/// What a character outside ASCII does to the text around it.
enum HTMLCharacterRole {
    case visible
    /// A space that does not collapse: no-break, em, figure, …
    case fixedSpace
    /// Shows nothing itself but shapes its neighbours (emoji, Persian, Hebrew). Mail also strings hundreds of them
    /// together after the line meant for the list of messages, so that nothing else shows there.
    case joiner
    case directionMark
    case lineBreak
    /// Soft hyphens, zero-width spaces, control characters, the place of an attachment: dropped.
    case nothing

    /// - Parameter scalar: the UTF-8 of one character.
    init(_ scalar: ArraySlice<UInt8>) {
        let first = scalar.startIndex
        self = .visible
        guard scalar.count >= 2, scalar.count <= 3 else { return }
        let second = scalar[first + 1]
        switch scalar[first] {
        case 0xC2:
            // U+0080 to U+009F, U+00A0 no-break space, U+00AD soft hyphen.
            if second == 0xA0 { self = .fixedSpace } else if second < 0xA0 || second == 0xAD { self = .nothing }
        case 0xCD:
            // U+034F combining grapheme joiner.
            if second == 0x8F { self = .joiner }
        case 0xD8:
            // U+061C Arabic letter mark.
            if second == 0x9C { self = .directionMark }
        case 0xE1:
            // U+180E Mongolian vowel separator.
            if scalar.count == 3, second == 0xA0, scalar[first + 2] == 0x8E { self = .nothing }
        case 0xE2:
            if scalar.count == 3 { self = Self.generalPunctuation(second, scalar[first + 2]) }
        case 0xE3:
            // U+3000 ideographic space.
            if scalar.count == 3, second == 0x80, scalar[first + 2] == 0x80 { self = .fixedSpace }
        case 0xEF:
            // U+FEFF zero-width no-break space, U+FFFC object replacement character.
            guard scalar.count == 3 else { return }
            if second == 0xBB, scalar[first + 2] == 0xBF { self = .nothing }
            if second == 0xBF, scalar[first + 2] == 0xBC { self = .nothing }
        default: break
        }
    }

    /// U+2000 to U+206F.
    private static func generalPunctuation(_ second: UInt8, _ third: UInt8) -> HTMLCharacterRole {
        switch (second, third) {
        case (0x80, 0x80...0x8A), (0x80, 0xAF), (0x81, 0x9F): .fixedSpace
        case (0x80, 0x8B), (0x81, 0xA0...0xA4): .nothing
        case (0x80, 0x8C...0x8D): .joiner
        case (0x80, 0x8E...0x8F), (0x80, 0xAA...0xAE), (0x81, 0xA6...0xA9): .directionMark
        case (0x80, 0xA8...0xA9): .lineBreak
        default: .visible
        }
    }
}
