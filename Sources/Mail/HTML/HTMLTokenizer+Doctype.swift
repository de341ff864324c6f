/// Sections 13.2.5.53 to 13.2.5.68: `<!DOCTYPE html PUBLIC "…" "…">`.
extension HTMLTokenizer {
    private enum Identifier {
        case `public`
        case system
    }

    /// 13.2.5.53 DOCTYPE state, after "<!DOCTYPE".
    mutating func doctype() -> HTMLToken? {
        var doctype = HTMLDoctype()
        guard let next = byte(position) else { return unfinished(&doctype) }
        if !next.isHTMLSpace, next != UInt8(ascii: ">") { report(.missingWhitespaceBeforeDoctypeName, at: position) }
        skipSpaces()
        guard let first = byte(position) else { return unfinished(&doctype) }
        if first == UInt8(ascii: ">") {
            report(.missingDoctypeName, at: position)
            doctype.forcesQuirks = true
            return finish(doctype)
        }
        let start = position
        while let next = byte(position), !next.isHTMLSpace, next != UInt8(ascii: ">") { position += 1 }
        doctype.name = replacingNull(start..<position).map(\.asciiLowercased)
        skipSpaces()
        return afterName(&doctype)
    }

    /// 13.2.5.56 After DOCTYPE name state.
    private mutating func afterName(_ doctype: inout HTMLDoctype) -> HTMLToken {
        guard let next = byte(position) else { return unfinished(&doctype) }
        if next == UInt8(ascii: ">") { return finish(doctype) }
        if continues(with: "public", at: position) {
            position += 6
            return identifier(.public, &doctype)
        }
        if continues(with: "system", at: position) {
            position += 6
            return identifier(.system, &doctype)
        }
        report(.invalidCharacterSequenceAfterDoctypeName, at: position)
        doctype.forcesQuirks = true
        return bogus(&doctype)
    }

    /// 13.2.5.57 to 59 and 13.2.5.63 to 65, after the keyword.
    private mutating func identifier(_ kind: Identifier, _ doctype: inout HTMLDoctype) -> HTMLToken {
        let afterKeyword = position
        skipSpaces()
        guard let quote = byte(position) else { return unfinished(&doctype) }
        let isPublic = kind == .public
        if quote == UInt8(ascii: ">") {
            report(isPublic ? .missingDoctypePublicIdentifier : .missingDoctypeSystemIdentifier, at: position)
            doctype.forcesQuirks = true
            return finish(doctype)
        }
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            report(
                isPublic ? .missingQuoteBeforeDoctypePublicIdentifier : .missingQuoteBeforeDoctypeSystemIdentifier,
                at: position)
            doctype.forcesQuirks = true
            return bogus(&doctype)
        }
        if position == afterKeyword {
            report(
                isPublic ? .missingWhitespaceAfterDoctypePublicKeyword : .missingWhitespaceAfterDoctypeSystemKeyword,
                at: position)
        }
        if let token = quoted(quote, kind, &doctype) { return token }
        return isPublic ? afterPublicIdentifier(&doctype) : afterSystemIdentifier(&doctype)
    }

    /// An identifier in quotes; a token when the declaration ends inside it.
    private mutating func quoted(_ quote: UInt8, _ kind: Identifier, _ doctype: inout HTMLDoctype) -> HTMLToken? {
        position += 1
        let start = position
        while let next = byte(position), next != quote, next != UInt8(ascii: ">") { position += 1 }
        let text = Array(replacingNull(start..<position))
        switch kind {
        case .public: doctype.publicIdentifier = text
        case .system: doctype.systemIdentifier = text
        }
        guard let end = byte(position) else { return unfinished(&doctype) }
        if end == quote {
            position += 1
            return nil
        }
        report(kind == .public ? .abruptDoctypePublicIdentifier : .abruptDoctypeSystemIdentifier, at: position)
        doctype.forcesQuirks = true
        return finish(doctype)
    }

    /// 13.2.5.61 After DOCTYPE public identifier state and 13.2.5.62.
    private mutating func afterPublicIdentifier(_ doctype: inout HTMLDoctype) -> HTMLToken {
        let afterIdentifier = position
        skipSpaces()
        guard let next = byte(position) else { return unfinished(&doctype) }
        if next == UInt8(ascii: ">") { return finish(doctype) }
        guard next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") else {
            report(.missingQuoteBeforeDoctypeSystemIdentifier, at: position)
            doctype.forcesQuirks = true
            return bogus(&doctype)
        }
        if position == afterIdentifier {
            report(.missingWhitespaceBetweenDoctypePublicAndSystemIdentifiers, at: position)
        }
        return quoted(next, .system, &doctype) ?? afterSystemIdentifier(&doctype)
    }

    /// 13.2.5.67 After DOCTYPE system identifier state.
    private mutating func afterSystemIdentifier(_ doctype: inout HTMLDoctype) -> HTMLToken {
        skipSpaces()
        guard let next = byte(position) else { return unfinished(&doctype) }
        if next == UInt8(ascii: ">") { return finish(doctype) }
        report(.unexpectedCharacterAfterDoctypeSystemIdentifier, at: position)
        return bogus(&doctype)
    }

    /// 13.2.5.68 Bogus DOCTYPE state: the rest is skipped.
    private mutating func bogus(_ doctype: inout HTMLDoctype) -> HTMLToken {
        while let next = byte(position), next != UInt8(ascii: ">") {
            if next == 0 { report(.unexpectedNullCharacter, at: position) }
            position += 1
        }
        return position < input.count ? finish(doctype) : .doctype(doctype)
    }

    /// Consumes the ">".
    private mutating func finish(_ doctype: HTMLDoctype) -> HTMLToken {
        position += 1
        return .doctype(doctype)
    }

    private mutating func unfinished(_ doctype: inout HTMLDoctype) -> HTMLToken {
        report(.eofInDoctype, at: input.count)
        doctype.forcesQuirks = true
        return .doctype(doctype)
    }

    private mutating func skipSpaces() {
        while let next = byte(position), next.isHTMLSpace { position += 1 }
    }
}
