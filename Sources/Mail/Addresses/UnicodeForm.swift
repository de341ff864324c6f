import Foundation

/// The forms of Unicode text that addresses are compared in. Only asked for where an address is not ASCII.
enum UnicodeForm {
    /// Canonical composition (NFC), as RFC 6532, section 3.1 asks of addresses.
    static func composed(_ text: String) -> String { text.precomposedStringWithCanonicalMapping }

    /// Compatibility composition (NFKC).
    static func compatibilityComposed(_ text: String) -> String { text.precomposedStringWithCompatibilityMapping }

    /// Each character's lower-case form, whatever stands around it and whatever the language.
    static func lowercased(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars { result += scalar.properties.lowercaseMapping }
        return result
    }
}

extension Unicode.Scalar {
    /// Spaces, line breaks, controls, and the format characters that turn or hide the text around them: none has a
    /// place in an address.
    var isBlankOrInvisible: Bool {
        if isASCII { return value <= 0x20 || value == 0x7F }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate: return true
        default: return false
        }
    }
}
