/// Sections 13.2.5.4 and 13.2.5.15 to 13.2.5.31: the text of a script, in which `<!--` hides a nested `<script>`.
extension HTMLTokenizer {
    private enum ScriptState {
        case scriptData
        case escaped
        case doubleEscaped
    }

    /// The script's text up to its end tag, or that end tag.
    mutating func scriptData() -> HTMLToken? {
        if startsAppropriateEndTag(at: position) { return appropriateEndTag() }
        let end = endOfScript()
        let start = position
        position = end
        return .characters(replacingNull(start..<end))
    }

    private mutating func endOfScript() -> Int {
        var script = ScriptState.scriptData
        // How many dashes precede: "-->" leaves the escaped states from wherever two stand before ">".
        var dashes = 0
        var index = position
        while index < input.count {
            let byte = input[index]
            if byte == UInt8(ascii: "-"), script != .scriptData {
                dashes += 1
                index += 1
                continue
            }
            if byte == UInt8(ascii: ">"), dashes >= 2 { script = .scriptData }
            dashes = 0
            guard byte == UInt8(ascii: "<") else {
                index += 1
                continue
            }
            switch script {
            case .scriptData:
                if startsAppropriateEndTag(at: index) { return index }
                if continues(with: "<!--", at: index) {
                    script = .escaped
                    dashes = 2
                    index += 4
                } else {
                    index += 1
                }
            case .escaped:
                if startsAppropriateEndTag(at: index) { return index }
                if let end = endOfScriptName(at: index + 1) {
                    script = .doubleEscaped
                    index = end
                } else {
                    index += 1
                }
            case .doubleEscaped:
                if self.byte(index + 1) == UInt8(ascii: "/"), let end = endOfScriptName(at: index + 2) {
                    script = .escaped
                    index = end
                } else {
                    index += 1
                }
            }
        }
        if script != .scriptData { report(.eofInScriptHTMLCommentLikeText, at: input.count) }
        return index
    }

    /// Past "script" and the character that ends the name.
    private func endOfScriptName(at index: Int) -> Int? {
        guard continues(with: "script", at: index), let next = byte(index + 6) else { return nil }
        guard next.isHTMLSpace || next == UInt8(ascii: "/") || next == UInt8(ascii: ">") else { return nil }
        return index + 7
    }
}
