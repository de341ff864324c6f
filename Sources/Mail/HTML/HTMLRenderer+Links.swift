/// A link whose text is being written.
struct HTMLLinkText {
    var address: HTMLLinkAddress
    /// Where its text begins in that of all lines.
    var start: Int
    /// What an image in it says, for a link without text.
    var alternative: ArraySlice<UInt8>?
}

extension HTMLRenderer {
    mutating func beginLink(_ tag: HTMLTag, _ frame: inout OpenElement) {
        guard let address = tag["href"].flatMap(HTMLLinkAddress.init) else { return }
        links.append(HTMLLinkText(address: address, start: lines.text.count))
        frame.ending = .link
    }

    mutating func endLink() {
        guard let link = links.popLast() else { return }
        if lines.text.count <= link.start {
            guard let alternative = link.alternative else { return }
            lines.append(alternative, whiteSpace: .normal)
        }
        guard link.start < lines.text.count, !link.address.isShown(by: lines.text[link.start...]) else { return }
        let shown = Array(" (".utf8) + link.address.shown + Array(")".utf8)
        lines.attach(shown)
        addressBytes += shown.count
    }

    // MARK: Images

    /// Images are left out. What stands in their place, the alternative text, is kept where nothing else says it: in a
    /// link without text and alone on a line. Emoji that a program wrote as images stay where they are.
    mutating func image(_ tag: HTMLTag) {
        guard let alternative = tag["alt"] else { return }
        let style = tag["style"].map(HTMLInlineStyle.init) ?? HTMLInlineStyle()
        guard !style.hides, !style.isTiny, !Self.isTiny(tag["width"]), !Self.isTiny(tag["height"]) else { return }
        if Self.isEmoji(alternative) { return lines.append(alternative, whiteSpace: .normal) }
        guard Self.isMeaningful(alternative) else { return }
        if links.isEmpty {
            lines.noteImage(alternative)
        } else if links[links.count - 1].alternative == nil {
            links[links.count - 1].alternative = alternative
        }
    }

    /// 0, 1 or 2 pixels: an image that reports the opening of the mail, or a spacer.
    private static func isTiny(_ extent: ArraySlice<UInt8>?) -> Bool {
        guard let extent else { return false }
        let digits = extent.prefix(while: \.isASCIIDigit)
        return digits.count == 1 && digits.allSatisfy { $0 <= UInt8(ascii: "2") } && !extent.contains(UInt8(ascii: "%"))
    }

    /// A character or two of the planes where emoji stand, U+2600 to U+27BF or from U+1F000.
    private static func isEmoji(_ text: ArraySlice<UInt8>) -> Bool {
        guard (3...28).contains(text.count), text.allSatisfy({ $0 >= 0x80 }), let lead = text.first else {
            return false
        }
        return lead == 0xF0 || (lead == 0xE2 && (0x98...0x9E).contains(text[text.startIndex + 1]))
    }

    /// Whether an alternative text says something: not a file's name, not what Word's picture recognition made up, not
    /// a word that only names the kind of image.
    private static func isMeaningful(_ alternative: ArraySlice<UInt8>) -> Bool {
        guard alternative.contains(where: { $0.isASCIILetter || $0.isASCIIDigit || $0 >= 0xC3 }) else { return false }
        let text = String(decoding: alternative.prefix(400).map(\.asciiLowercased), as: UTF8.self)
        let trimmed = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if trimmed.hasSuffix("automatically generated") || trimmed.hasSuffix("generated automatically") { return false }
        if imageFileEndings.contains(where: trimmed.hasSuffix) { return false }
        let word = trimmed.prefix { !$0.isNumber }
        return !meaninglessWords.contains(word.split(separator: " ").joined(separator: " "))
    }

    private static let imageFileEndings = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp", ".tif", ".tiff"]

    private static let meaninglessWords: Set<String> = [
        "", "banner", "border", "divider", "header", "icon", "image", "img", "inline image", "line", "logo", "photo",
        "picture", "pixel", "separator", "shadow", "signature", "spacer", "tracking", "tracking pixel",
    ]
}
