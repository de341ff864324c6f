/// Sections 13.2.5.1 to 13.2.5.5, 13.2.5.9 to 13.2.5.14 and 13.2.5.69: the states that yield text.
extension HTMLTokenizer {
    /// 13.2.5.1 Data state: a run of text, a character reference, or what begins with "<".
    mutating func data() -> HTMLToken? {
        text(endingAtTag: { $0.startsMarkup(at: $1) }) { $0.markup() }
    }

    /// 13.2.5.2 RCDATA state: text with character references until the element's own end tag.
    mutating func rcdata() -> HTMLToken? {
        text(endingAtTag: { $0.startsAppropriateEndTag(at: $1) }) { $0.appropriateEndTag() }
    }

    /// 13.2.5.3 RAWTEXT state: text until the element's own end tag.
    mutating func rawtext() -> HTMLToken? {
        if startsAppropriateEndTag(at: position) { return appropriateEndTag() }
        let start = position
        var end = start
        while let sign = input[end...].firstIndex(of: UInt8(ascii: "<")), !startsAppropriateEndTag(at: sign) {
            end = sign + 1
        }
        end = input[end...].firstIndex(of: UInt8(ascii: "<")) ?? input.count
        position = end
        return .characters(replacingNull(start..<end))
    }

    /// 13.2.5.5 PLAINTEXT state: text to the end of the document.
    mutating func plaintext() -> HTMLToken? {
        let start = position
        position = input.count
        return .characters(replacingNull(start..<position))
    }

    /// 13.2.5.69 CDATA section state: text until "]]>".
    mutating func cdataSection() -> HTMLToken? {
        let start = position
        var index = start
        while index < input.count {
            if input[index] == UInt8(ascii: "]"), continues(with: "]]>", at: index) {
                state = .data
                position = index + 3
                return index > start ? .characters(input[start..<index]) : nil
            }
            index += 1
        }
        position = index
        return .characters(input[start..<index])
    }

    /// The run of text at the position; or, when it stands there, a character reference or a tag.
    private mutating func text(
        endingAtTag startsTag: (Self, Int) -> Bool, tag: (inout Self) -> HTMLToken?
    ) -> HTMLToken? {
        let start = position
        var index = start
        while index < input.count {
            let byte = input[index]
            if byte == UInt8(ascii: "<") {
                if startsTag(self, index) {
                    if index == start { return tag(&self) }
                    break
                }
                if state == .data { reportStrayLessThan(at: index) }
            } else if byte == UInt8(ascii: "&"), startsReference(at: index) {
                if index > start { break }
                if let reference = characterReference(at: index, inAttribute: false) {
                    position = reference.end
                    return .characters(reference.text)
                }
            } else if byte == 0 {
                if state == .rcdata {
                    if index > start { break }
                    position = index + 1
                    return .characters(replacingNull(index..<position))
                }
                report(.unexpectedNullCharacter, at: index)
            }
            index += 1
        }
        position = index
        return .characters(input[start..<index])
    }

    /// Whether "<" at that index begins a tag, a comment or a declaration (13.2.5.6, Tag open state).
    private func startsMarkup(at index: Int) -> Bool {
        guard let next = byte(index + 1) else { return false }
        return switch next {
        case UInt8(ascii: "!"), UInt8(ascii: "?"): true
        case UInt8(ascii: "/"): index + 2 < input.count
        default: next.isASCIILetter
        }
    }

    /// A "<" that is only text.
    private mutating func reportStrayLessThan(at index: Int) {
        guard collectsErrors else { return }
        switch byte(index + 1) {
        case nil: report(.eofBeforeTagName, at: index + 1)
        case UInt8(ascii: "/"): report(.eofBeforeTagName, at: index + 2)
        default: report(.invalidFirstCharacterOfTagName, at: index + 1)
        }
    }

    /// Whether "</", the name of the element we are in, and the end of a tag name stand at that index (13.2.5.9 to 11).
    func startsAppropriateEndTag(at index: Int) -> Bool {
        let name = lastStartTagName
        guard input[index] == UInt8(ascii: "<"), byte(index + 1) == UInt8(ascii: "/"), !name.isEmpty else {
            return false
        }
        let end = index + 2 + name.count
        guard let next = byte(end) else { return false }
        guard next.isHTMLSpace || next == UInt8(ascii: "/") || next == UInt8(ascii: ">") else { return false }
        return zip(input[index + 2..<end], name).allSatisfy { $0.asciiLowercased == $1 }
    }

    /// The end tag that leads back to the data state.
    mutating func appropriateEndTag() -> HTMLToken? {
        state = .data
        position += 2
        return tag(isEnd: true)
    }
}
