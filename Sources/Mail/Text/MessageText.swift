/// Turns the fetched bytes of text parts into what a person reads.
public enum MessageText {
    /// Encoded octets of a part that are looked at for each octet of the limit: quoted-printable needs up to some
    /// three, HTML of newsletters up to ten for one of text.
    private static let plainExpansion = 4
    private static let htmlExpansion = 16

    /// The text of the parts in their order, a blank line between them: transfer encoding and charset decoded,
    /// `format=flowed` joined (RFC 3676), HTML rendered. Control characters and those that turn the direction of text
    /// are removed, at most two blank lines follow each other.
    /// - Parameters:
    ///   - parts: each part with its encoded bytes and whether these are all of it.
    ///   - limit: octets of UTF-8 at most; more is cut off, at a character's boundary.
    public static func render(
        _ parts: [(SelectedPart, [UInt8], isWhole: Bool)], limit: Int = HTMLText.defaultLimit
    ) -> RenderedText {
        var text = PlainTextBuilder(limit: max(limit, 0))
        var isTruncated = false
        for (part, bytes, isWhole) in parts {
            if text.isFull {
                isTruncated = isTruncated || !bytes.isEmpty
                continue
            }
            let (expansion, overflow) = text.remaining.multipliedReportingOverflow(
                by: part.isHTML ? htmlExpansion : plainExpansion)
            let longest = overflow ? Int.max : max(expansion, 1 << 16)
            let isCut = bytes.count > longest
            isTruncated = isTruncated || isCut || !isWhole
            append(part, isCut ? Array(bytes.prefix(longest)) : bytes, isWhole: isWhole && !isCut, to: &text)
        }
        let result = text.finish()
        return RenderedText(text: result.text, isTruncated: isTruncated || result.isTruncated)
    }

    private static func append(
        _ part: SelectedPart, _ bytes: [UInt8], isWhole: Bool, depth: Int = 0, to text: inout PlainTextBuilder
    ) {
        var content = part.transferEncoding.decode(isWhole ? bytes : withoutCutEscape(bytes, part.transferEncoding))
        text.beginPart()
        if part.isHTML {
            let utf8 = self.utf8(content, label: label(of: part, content), isWhole: isWhole)
            // A little more than there is room for, so that the builder sees that there is more.
            let rendered = HTMLText.render(
                utf8: utf8, limit: text.remaining < Int.max - 8 ? text.remaining + 8 : text.remaining)
            text.append(Array(rendered.utf8))
            return
        }
        let start =
            depth < ReturnedMessage.depthLimit ? ReturnedMessage.start(in: &content, charset: part.charset) : nil
        let own = start.map { Array(content[..<$0]) } ?? content
        let utf8 = self.utf8(own, label: part.charset, isWhole: isWhole || start != nil)
        text.append(part.isFlowed ? FlowedText.unwrapped(utf8, delSp: part.delSp) : utf8)
        if let start { append(returned: MIMEMessage.parse(Array(content[start...])), depth: depth + 1, to: &text) }
    }

    private static func utf8(_ content: [UInt8], label: String?, isWhole: Bool) -> [UInt8] {
        var utf8 = Charset.utf8(content, label: label)
        if !isWhole, utf8.suffix(3).elementsEqual([0xEF, 0xBF, 0xBD]) { utf8.removeLast(3) }
        return utf8
    }

    private static func append(returned message: MIMEMessage, depth: Int, to text: inout PlainTextBuilder) {
        text.beginPart()
        text.append(ReturnedMessage.introduction(of: message))
        for part in message.selection.parts where !text.isFull {
            append(part, Array(message.bytes(of: part.section)), isWhole: true, depth: depth, to: &text)
        }
    }

    /// HTML whose part says nothing of its charset may say so itself.
    private static func label(of part: SelectedPart, _ content: [UInt8]) -> String? {
        guard part.isHTML, CharsetEncoding(label: part.charset) == .unspecified else { return part.charset }
        return HTMLText.declaredCharset(in: content) ?? part.charset
    }

    /// A part fetched to a limit may end within "=E4".
    private static func withoutCutEscape(_ bytes: [UInt8], _ encoding: TransferEncoding) -> [UInt8] {
        guard encoding == .quotedPrintable, let sign = bytes.suffix(2).lastIndex(of: UInt8(ascii: "=")) else {
            return bytes
        }
        return Array(bytes[..<sign])
    }
}
