/// Sections 13.2.5.6 to 13.2.5.8 and 13.2.5.32 to 13.2.5.40: tags and their attributes.
extension HTMLTokenizer {
    private enum TagState {
        case beforeAttributeName
        case attributeName
        case afterAttributeName
        case beforeAttributeValue
        case afterAttributeValueQuoted
        case selfClosingStartTag
    }

    /// 13.2.5.6 Tag open state, at a "<" that begins markup.
    mutating func markup() -> HTMLToken? {
        let next = input[position + 1]
        switch next {
        case UInt8(ascii: "!"):
            position += 2
            return markupDeclaration()
        case UInt8(ascii: "?"):
            report(.unexpectedQuestionMarkInsteadOfTagName, at: position + 1)
            position += 1
            return bogusComment()
        case UInt8(ascii: "/"):
            position += 2
            return endTagOpen()
        default:
            position += 1
            return tag(isEnd: false)
        }
    }

    /// 13.2.5.7 End tag open state, with something after "</".
    private mutating func endTagOpen() -> HTMLToken? {
        if input[position].isASCIILetter { return tag(isEnd: true) }
        if input[position] == UInt8(ascii: ">") {
            report(.missingEndTagName, at: position)
            position += 1
            return nil
        }
        report(.invalidFirstCharacterOfTagName, at: position)
        return bogusComment()
    }

    /// 13.2.5.8 Tag name state and what follows, at the first letter. At the end of the document the tag is dropped.
    mutating func tag(isEnd: Bool) -> HTMLToken? {
        let start = position
        var index = start
        while index < input.count {
            let byte = input[index]
            if byte <= 0x3E, byte.isHTMLSpace || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") { break }
            index += 1
        }
        var tag = HTMLTag(name: name(start..<index))
        position = index
        var state = TagState.beforeAttributeName
        // The tag name state treats ">" itself; before an attribute name it comes to the same.
        while position < input.count {
            let byte = input[position]
            if byte == UInt8(ascii: ">"), state != .beforeAttributeValue {
                if state == .selfClosingStartTag { tag.isSelfClosing = true }
                position += 1
                return finish(tag, isEnd: isEnd)
            }
            state = step(state, byte, &tag)
        }
        report(.eofInTag, at: input.count)
        return nil
    }

    private mutating func finish(_ tag: HTMLTag, isEnd: Bool) -> HTMLToken {
        guard isEnd else {
            lastStartTagName = tag.name
            return .startTag(tag)
        }
        if !tag.attributes.isEmpty { report(.endTagWithAttributes, at: position - 1) }
        if tag.isSelfClosing { report(.endTagWithTrailingSolidus, at: position - 1) }
        return .endTag(HTMLTag(name: tag.name))
    }

    private mutating func step(_ state: TagState, _ byte: UInt8, _ tag: inout HTMLTag) -> TagState {
        switch state {
        case .beforeAttributeName, .afterAttributeName:
            if byte.isHTMLSpace {
                position += 1
                return state
            }
            if byte == UInt8(ascii: "/") {
                position += 1
                return .selfClosingStartTag
            }
            if byte == UInt8(ascii: "="), state == .afterAttributeName {
                position += 1
                return .beforeAttributeValue
            }
            return .attributeName
        case .attributeName:
            return attributeName(&tag)
        case .beforeAttributeValue:
            if byte.isHTMLSpace {
                position += 1
                return state
            }
            return attributeValue(byte, &tag)
        case .afterAttributeValueQuoted:
            if byte.isHTMLSpace {
                position += 1
                return .beforeAttributeName
            }
            if byte == UInt8(ascii: "/") {
                position += 1
                return .selfClosingStartTag
            }
            report(.missingWhitespaceBetweenAttributes, at: position)
            return .beforeAttributeName
        case .selfClosingStartTag:
            report(.unexpectedSolidusInTag, at: position)
            return .beforeAttributeName
        }
    }

    /// 13.2.5.33 Attribute name state.
    private mutating func attributeName(_ tag: inout HTMLTag) -> TagState {
        let start = position
        if input[start] == UInt8(ascii: "=") {
            report(.unexpectedEqualsSignBeforeAttributeName, at: start)
            position += 1
        }
        while position < input.count {
            let byte = input[position]
            if byte.isHTMLSpace || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "=") {
                break
            }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "<") {
                report(.unexpectedCharacterInAttributeName, at: position)
            }
            position += 1
        }
        let attribute = HTMLAttribute(name: name(start..<position), value: input[position..<position])
        if tag.attributes.contains(where: { $0.name == attribute.name }) {
            report(.duplicateAttribute, at: position)
            dropsAttributeValue = true
        } else if tag.attributes.count == Self.attributeLimit {
            dropsAttributeValue = true
        } else {
            dropsAttributeValue = false
            tag.attributes.append(attribute)
        }
        return .afterAttributeName
    }

    /// 13.2.5.35 Before attribute value state and the three kinds of value, at its first character.
    private mutating func attributeValue(_ byte: UInt8, _ tag: inout HTMLTag) -> TagState {
        let value: ArraySlice<UInt8>
        let next: TagState
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            let start = position + 1
            position = input[start...].firstIndex(of: byte) ?? input.count
            value = decodedValue(start..<position)
            // An unclosed value runs to the end of the document, which drops the tag.
            if position < input.count { position += 1 }
            next = .afterAttributeValueQuoted
        } else if byte == UInt8(ascii: ">") {
            report(.missingAttributeValue, at: position)
            return .beforeAttributeName
        } else {
            let start = position
            while position < input.count, !input[position].isHTMLSpace, input[position] != UInt8(ascii: ">") {
                if [0x22, 0x27, 0x3C, 0x3D, 0x60].contains(input[position]) {
                    report(.unexpectedCharacterInUnquotedAttributeValue, at: position)
                }
                position += 1
            }
            value = decodedValue(start..<position)
            next = .beforeAttributeName
        }
        if !dropsAttributeValue, let last = tag.attributes.indices.last { tag.attributes[last].value = value }
        return next
    }

    /// An attribute's value with its character references replaced.
    private mutating func decodedValue(_ range: Range<Int>) -> ArraySlice<UInt8> {
        guard input[range].contains(where: { $0 == UInt8(ascii: "&") || $0 == 0 }) else { return input[range] }
        var copy: [UInt8] = []
        copy.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = input[index]
            if byte == UInt8(ascii: "&"), startsReference(at: index),
                let reference = characterReference(at: index, inAttribute: true)
            {
                copy += reference.text
                index = reference.end
                continue
            }
            if byte == 0 {
                report(.unexpectedNullCharacter, at: index)
                copy += [0xEF, 0xBF, 0xBD]
            } else {
                copy.append(byte)
            }
            index += 1
        }
        return copy[...]
    }

    /// A tag's or an attribute's name: lower case, U+FFFD for NUL.
    private mutating func name(_ range: Range<Int>) -> ArraySlice<UInt8> {
        guard input[range].contains(where: { $0 == 0 || ($0 >= 0x41 && $0 <= 0x5A) }) else { return input[range] }
        return replacingNull(range).map(\.asciiLowercased)[...]
    }
}
