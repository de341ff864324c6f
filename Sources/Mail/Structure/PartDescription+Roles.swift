extension PartDescription {
    var isHTMLText: Bool { type == "text" && (subtype == "html" || subtype == "xhtml") }

    /// Text for people. The rest is data that happens to consist of letters.
    var isReadableText: Bool {
        guard type == "text" else { return false }
        switch subtype {
        case "calendar", "x-vcalendar", "vcard", "x-vcard", "directory", "rfc822-headers", "css", "javascript", "csv",
            "xml",
            "x-amp-html", "watch-html", "rtf", "x-pgp-signature":
            return false
        default: return true
        }
    }

    /// A report for programs, which a person can read if need be (RFC 3464, 8098, 5965).
    var isMachineReport: Bool {
        type == "message"
            && ["delivery-status", "global-delivery-status", "disposition-notification", "feedback-report"].contains(
                subtype)
    }

    /// A detached signature, or the Macintosh half of a file: nobody saves these.
    var isSignature: Bool {
        type == "application"
            && ["pgp-signature", "pkcs7-signature", "x-pkcs7-signature", "applefile", "moss-signature"].contains(
                subtype)
    }

    /// Belongs to the HTML beside it rather than to the reader: pictures and the like that it shows by their
    /// Content-ID. Those that a person put in have names of their own; Outlook numbers the pictures of signatures.
    var isDecoration: Bool {
        guard disposition != .attachment else { return false }
        guard let name = saveName else { return type == "image" || contentID != nil }
        return type == "image" && contentID != nil && Self.isNumberedImage(name)
    }

    /// `image001.png`.
    private static func isNumberedImage(_ name: String) -> Bool {
        let bytes = name.utf8.map(\.asciiLowercased)
        guard bytes.starts(with: "image".utf8) else { return false }
        let digits = bytes.dropFirst(5).prefix(while: \.isASCIIDigit)
        return digits.count == 3 && bytes.dropFirst(8).first == UInt8(ascii: ".")
    }
}
