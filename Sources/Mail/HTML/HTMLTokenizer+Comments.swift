/// Sections 13.2.5.41 to 13.2.5.52: comments, declarations and what is taken for a comment.
extension HTMLTokenizer {
    /// 13.2.5.42 Markup declaration open state, after "<!".
    mutating func markupDeclaration() -> HTMLToken? {
        if continues(with: "--", at: position) {
            position += 2
            return comment()
        }
        if continues(with: "doctype", at: position) {
            position += 7
            return doctype()
        }
        // Case-sensitive, and only inside SVG and MathML.
        if input[position...].starts(with: Array("[CDATA[".utf8)) {
            if allowsCDATA {
                position += 7
                state = .cdataSection
                return nil
            }
            report(.cdataInHTMLContent, at: position + 6)
            return bogusComment()
        }
        report(.incorrectlyOpenedComment, at: position)
        return bogusComment()
    }

    /// 13.2.5.41 Bogus comment state: everything up to ">".
    mutating func bogusComment() -> HTMLToken? {
        let start = position
        let end = input[start...].firstIndex(of: UInt8(ascii: ">")) ?? input.count
        position = min(end + 1, input.count)
        return .comment(replacingNull(start..<end))
    }

    /// 13.2.5.43 Comment start state to 13.2.5.52 Comment end bang state: the comment's text is the input between its
    /// marks as it stands, so the states reduce to finding the end.
    private mutating func comment() -> HTMLToken? {
        let start = position
        if byte(start) == UInt8(ascii: ">") {
            report(.abruptClosingOfEmptyComment, at: start)
            position = start + 1
            return .comment(input[start..<start])
        }
        if continues(with: "->", at: start) {
            report(.abruptClosingOfEmptyComment, at: start + 1)
            position = start + 2
            return .comment(input[start..<start])
        }
        var index = start
        while let dash = input[index...].firstIndex(of: UInt8(ascii: "-")) {
            let afterDashes = input[dash...].firstIndex { $0 != UInt8(ascii: "-") } ?? input.count
            let next = byte(afterDashes)
            index = afterDashes
            if afterDashes - dash == 1 {
                if next == nil { return unclosedComment(start..<dash) }
                continue
            }
            reportNestedComment(at: dash, from: start)
            let text = start..<afterDashes - 2
            switch next {
            case nil:
                return unclosedComment(text)
            case UInt8(ascii: ">"):
                position = afterDashes + 1
                return .comment(replacingNull(text))
            case UInt8(ascii: "!"):
                if afterDashes + 1 == input.count { return unclosedComment(text) }
                guard byte(afterDashes + 1) == UInt8(ascii: ">") else { continue }
                report(.incorrectlyClosedComment, at: afterDashes + 1)
                position = afterDashes + 2
                return .comment(replacingNull(text))
            default:
                continue
            }
        }
        return unclosedComment(start..<input.count)
    }

    /// 13.2.5.49 Comment less-than sign bang dash dash state: "<!--" inside a comment, unless that closes it.
    private mutating func reportNestedComment(at dash: Int, from start: Int) {
        guard collectsErrors, dash - 2 >= start, input[dash - 2] == UInt8(ascii: "<") else { return }
        guard input[dash - 1] == UInt8(ascii: "!"), let next = byte(dash + 2), next != UInt8(ascii: ">") else { return }
        report(.nestedComment, at: dash + 2)
    }

    /// The end of the document inside a comment.
    private mutating func unclosedComment(_ text: Range<Int>) -> HTMLToken {
        position = input.count
        let text = replacingNull(text)
        report(.eofInComment, at: input.count)
        return .comment(text)
    }
}
