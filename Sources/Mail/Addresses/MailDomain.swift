/// The right-hand side of an address: a domain name, in ASCII or internationalised (RFC 5890 to 5895), or a domain
/// literal in brackets (RFC 5321, section 4.1.3).
///
/// Underscores and hyphens anywhere are let through, since mail comes from such hosts.
enum MailDomain {
    /// Of a label and of the whole name, in octets of the ASCII form (RFC 1035, section 2.3.4).
    static let labelLimit = 63
    static let nameLimit = 255

    /// The spelling that domains are compared by: in lower case, internationalised labels as A-labels, no trailing dot.
    /// nil for what is no domain.
    static func canonical(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        if bytes.first == UInt8(ascii: "[") { return literal(bytes) }
        if bytes.allSatisfy({ $0 < 0x80 }) {
            return canonicalASCII(bytes).map { String(decoding: $0, as: UTF8.self) }
        }
        // RFC 5895: lower case, full-width forms, composition, the ideographic full stop.
        let mapped = UnicodeForm.compatibilityComposed(UnicodeForm.lowercased(text))
        var labels: [String] = []
        // By scalars: a mark behind a dot makes one character of both.
        let scalars = UnicodeForm.lowercased(mapped).unicodeScalars
        for label in scalars.split(omittingEmptySubsequences: false, whereSeparator: isDot) {
            guard let encoded = encodedLabel(label) else { return nil }
            labels.append(encoded)
        }
        return canonicalASCII(Array(labels.joined(separator: ".").utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The domain as it is written for people: A-labels as the characters they stand for, where that is what a registry
    /// would let through and no mixture of look-alike scripts; otherwise unchanged.
    static func shown(_ text: String) -> String {
        // A literal has no labels, whatever stands in its brackets.
        guard text.utf8.count >= 5, text.utf8.first != UInt8(ascii: "["), containsALabel(text) else { return text }
        return text.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false)
            .map { decodedLabel(Substring($0)) ?? String($0) }.joined(separator: ".")
    }

    private static func isDot(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "." || scalar == "\u{3002}" || scalar == "\u{FF0E}" || scalar == "\u{FF61}"
    }

    private static func canonicalASCII(_ bytes: [UInt8]) -> [UInt8]? {
        var name = bytes
        if name.last == UInt8(ascii: ".") { name.removeLast() }
        guard !name.isEmpty, name.count <= nameLimit else { return nil }
        var labelLength = 0
        for index in name.indices {
            let byte = name[index]
            if byte == UInt8(ascii: ".") {
                guard labelLength > 0 else { return nil }
                labelLength = 0
                continue
            }
            guard byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            else {
                return nil
            }
            labelLength += 1
            guard labelLength <= labelLimit else { return nil }
            name[index] = byte.asciiLowercased
        }
        return labelLength > 0 ? name : nil
    }

    private static func literal(_ bytes: [UInt8]) -> String? {
        guard bytes.count > 2, bytes.count <= nameLimit, bytes.last == UInt8(ascii: "]") else { return nil }
        let inside = bytes[1..<bytes.count - 1]
        // dtext (RFC 5322, section 3.4.1) without the obsolete forms.
        guard inside.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !($0 >= 0x5B && $0 <= 0x5D) }) else { return nil }
        return String(decoding: bytes.map(\.asciiLowercased), as: UTF8.self)
    }

    private static func encodedLabel(_ label: Substring.UnicodeScalarView) -> String? {
        let scalars = Array(label)
        if scalars.allSatisfy(\.isASCII) { return String(label) }
        // What begins with a mark has nothing to bear it (RFC 5891, section 4.2.3.2); it would melt into the dot.
        guard let first = scalars.first, !isMark(first) else { return nil }
        guard scalars.allSatisfy({ $0.isASCII ? isHostCharacter($0) : !$0.isBlankOrInvisible }) else { return nil }
        return Punycode.encode(scalars).map { "xn--" + $0 }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func isHostCharacter(_ scalar: Unicode.Scalar) -> Bool {
        let byte = UInt8(truncatingIfNeeded: scalar.value)
        return byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func containsALabel(_ text: String) -> Bool {
        var matched = 0
        let prefix = Array("xn--".utf8)
        for byte in text.utf8 {
            if byte == UInt8(ascii: ".") {
                matched = 0
            } else if matched >= 0 {
                matched = byte.asciiLowercased == prefix[matched] ? matched + 1 : -1
                if matched == prefix.count { return true }
            }
        }
        return false
    }

    private static func decodedLabel(_ label: Substring) -> String? {
        let bytes = label.utf8.map(\.asciiLowercased)
        guard bytes.starts(with: "xn--".utf8), let scalars = Punycode.decode(bytes.dropFirst(4)),
            scalars.contains(where: { !$0.isASCII }), scalars.allSatisfy(isShownInLabel), !mixesScripts(scalars)
        else { return nil }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        // Not in lower case or not composed: no registry gave such a name (RFC 5891, section 4.2).
        guard canonical(text).map({ Array($0.utf8) }) == bytes else { return nil }
        return text
    }

    /// About what RFC 5892 calls PVALID.
    private static func isShownInLabel(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isHostCharacter(scalar) }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark, .decimalNumber: return true
        default: return scalar.value == 0xB7 || scalar.value == 0x30FB
        }
    }

    /// Latin, Greek and Cyrillic letters in one label are there to deceive.
    private static func mixesScripts(_ scalars: [Unicode.Scalar]) -> Bool {
        var scripts: Set<Int> = []
        for scalar in scalars {
            switch scalar.value {
            case 0x61...0x7A, 0xDF...0x24F, 0x1E00...0x1EFF: scripts.insert(0)
            case 0x370...0x3FF, 0x1F00...0x1FFF: scripts.insert(1)
            case 0x400...0x52F: scripts.insert(2)
            default: break
            }
        }
        return scripts.count > 1
    }
}
