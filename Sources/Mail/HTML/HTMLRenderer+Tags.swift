extension HTMLRenderer {
    mutating func startTag(_ tag: HTMLTag) {
        skipsNewline = false
        let element = HTMLElement(tag.name)
        if foreignDepth > 0 {
            guard element.breaksOutOfForeignContent else { return startForeign(element, tag) }
            while foreignDepth > 0 { pop(through: stack.count - 1) }
        }
        setTokenizerState(for: element)
        guard closeImplied(before: element) else { return }
        let isHidden = stack.last?.isHidden ?? false
        switch element {
        case .html, .head, .colgroup: return
        case .body:
            // Whatever was left open in the head is over.
            if !hasBody, stack.contains(where: { $0.element.display == .hidden }) { popAll() }
            hasBody = true
            return
        case .br: return isHidden ? () : lines.breakLine()
        case .hr: return isHidden ? () : lines.appendRule()
        case .img, .image: return isHidden ? () : image(tag)
        case .unknown: if tag.isSelfClosing { return }
        default: if element.display == .void { return }
        }
        open(element, tag)
    }

    /// Section 13.2.6.4: some elements hold text that is not markup.
    private mutating func setTokenizerState(for element: HTMLElement) {
        switch element {
        case .title, .textarea: tokenizer.state = .rcdata
        case .style, .xmp, .iframe, .noembed, .noframes: tokenizer.state = .rawtext
        case .script: tokenizer.state = .scriptData
        case .plaintext: tokenizer.state = .plaintext
        default: break
        }
    }

    private mutating func startForeign(_ element: HTMLElement, _ tag: HTMLTag) {
        guard !tag.isSelfClosing else { return }
        push(inheriting(element, tag))
    }

    // MARK: Implied end tags

    /// Ends what the start tag of that element ends.
    /// - Returns: whether the element can stand here at all.
    private mutating func closeImplied(before element: HTMLElement) -> Bool {
        switch element {
        case .li: close(.li, within: { $0.isScope || $0.isList })
        case .dt, .dd:
            close(.dt, within: { $0.isScope || $0 == .dl })
            close(.dd, within: { $0.isScope || $0 == .dl })
        case .a: if let index = reachable(.a) { remove(at: index) }
        case .td, .th, .caption: return closeInTable { $0.isCell }
        case .tr: return closeInTable { $0.isCell || $0 == .tr }
        case .tbody, .thead, .tfoot: return closeInTable { $0.isCell || $0 == .tr || $0.isRowGroup }
        case .col, .colgroup: return closeInTable { $0 == .caption }
        default: break
        }
        if element.closesParagraph { close(.p) }
        if element.isHeading, let top = stack.last, top.element.isHeading { pop(through: stack.count - 1) }
        return true
    }

    private mutating func close(_ element: HTMLElement, within isBarrier: (HTMLElement) -> Bool = \.isScope) {
        if let index = reachable(element, within: isBarrier) { pop(through: index) }
    }

    /// Ends everything in the innermost table that such a part of it contains, and that part.
    /// - Returns: whether there is a table at all.
    private mutating func closeInTable(_ ends: (HTMLElement) -> Bool) -> Bool {
        guard openCounts[Int(HTMLElement.table.rawValue)] > 0 else { return false }
        var index = stack.count - 1
        var outermost: Int?
        while index >= 0, stack[index].element != .table, stack[index].element != .template {
            if ends(stack[index].element) { outermost = index }
            index -= 1
        }
        if let outermost { pop(through: outermost) }
        return true
    }

    // MARK: Opening

    /// An element with what it inherits and what its own attributes say.
    private func inheriting(_ element: HTMLElement, _ tag: HTMLTag) -> OpenElement {
        var frame = OpenElement(
            element: element, name: tag.name, outerQuoteDepth: lines.quoteDepth, outerIndent: lines.indent)
        if let top = stack.last {
            frame.isHidden = top.isHidden
            frame.hasZeroFont = top.hasZeroFont
            frame.whiteSpace = top.whiteSpace
            frame.wordListLevel = top.wordListLevel
        }
        return frame
    }

    private mutating func open(_ element: HTMLElement, _ tag: HTMLTag) {
        var frame = inheriting(element, tag)
        let style = tag["style"].map(HTMLInlineStyle.init) ?? HTMLInlineStyle()
        if element.display == .hidden || style.hides || tag["hidden"] != nil { frame.isHidden = true }
        if frame.isHidden { return push(frame) }
        if let size = style.fontSize { frame.hasZeroFont = size == .zero }
        if let whiteSpace = style.whiteSpace { frame.whiteSpace = whiteSpace }
        guard stack.count < HTMLText.depthLimit else {
            if element.display != .inline { lines.endLine() }
            return push(frame)
        }
        begin(element, tag, style, &frame)
        push(frame)
    }

    /// What the start of an element does to the text, and what its end will.
    private mutating func begin(
        _ element: HTMLElement, _ tag: HTMLTag, _ style: HTMLInlineStyle, _ frame: inout OpenElement
    ) {
        switch element {
        case .table: beginTable(tag, &frame)
        case .tr: beginRow(&frame)
        case .td, .th: beginCell(isHeader: element == .th, &frame)
        case .ul, .ol, .dir, .menu: beginList(element, tag, &frame)
        case .li: beginItem(tag, &frame)
        case .blockquote: beginQuotation(tag, style, &frame)
        case .dd: beginIndented(by: 4, &frame)
        case .pre, .listing, .xmp, .plaintext:
            frame.whiteSpace = .pre
            skipsNewline = element != .xmp && element != .plaintext
            beginParagraph(&frame)
        case .a: beginLink(tag, &frame)
        case .q:
            frame.ending = .quotationMark
            lines.append(Array("“".utf8)[...], whiteSpace: .normal)
            return
        default: break
        }
        guard frame.ending == .nothing || (frame.ending == .link && style.display == .block) else { return }
        beginBlock(element, tag, style, &frame)
    }

    private mutating func beginBlock(
        _ element: HTMLElement, _ tag: HTMLTag, _ style: HTMLInlineStyle, _ frame: inout OpenElement
    ) {
        if let level = style.wordListLevel { frame.wordListLevel = level }
        if style.isWordListMarker, lines.isAtLineStart { return beginWordListMarker(&frame) }
        let display = element.display
        switch style.display {
        case .inline where display == .block || display == .paragraph: return
        case .block where display == .inline: lines.endLine()
        default:
            // Word's paragraphs have no margins of their own: its blank lines are paragraphs that hold a no-break
            // space. Headings stay apart even where a margin of 0 leaves that to the padding of a cell.
            let isTight =
                style.hasNoMargin && !element.isHeading || (tag["class"].map(Self.isWordClass) ?? false)
            switch display {
            case .paragraph where !isTight: return beginParagraph(&frame)
            case .paragraph, .block: lines.endLine()
            default: return
            }
        }
        if element == .div, style.hasTopBorder, style.hasNoBorder { lines.appendRule() }
        if frame.ending == .nothing { frame.ending = .line }
    }

    private mutating func beginParagraph(_ frame: inout OpenElement) {
        lines.endParagraph()
        frame.ending = .paragraph
    }

    private mutating func beginIndented(by columns: Int, _ frame: inout OpenElement) {
        lines.endLine()
        indent(by: columns)
        frame.ending = .line
    }

    mutating func indent(by columns: Int) {
        lines.indent = UInt8(min(Int(lines.indent) + columns, HTMLText.indentLimit))
    }

    /// "MsoNormal", "MsoListParagraph", …
    private static func isWordClass(_ name: ArraySlice<UInt8>) -> Bool {
        name.starts(with: [0x4D, 0x73, 0x6F])
    }

    /// A quotation; or, as the indent buttons of Apple Mail and Gmail write it, mere indentation: no border and no sign
    /// of a citation.
    private mutating func beginQuotation(_ tag: HTMLTag, _ style: HTMLInlineStyle, _ frame: inout OpenElement) {
        let isCited = tag["cite"] != nil || tag["class"] != nil || tag["type"] != nil
        if style.hasNoBorder, !isCited { return beginIndented(by: 4, &frame) }
        lines.endLine()
        if lines.quoteDepth < HTMLText.quoteDepthLimit { lines.quoteDepth += 1 }
        // An indentation outside would stand behind the ">" signs; it is the quotation's own that counts.
        lines.indent = 0
        frame.ending = .paragraph
    }

    // MARK: End tags

    mutating func endTag(_ tag: HTMLTag) {
        skipsNewline = false
        let element = HTMLElement(tag.name)
        if untrackedElements > 0, element.display != .void {
            untrackedElements -= 1
            if element.display != .inline, stack.last?.isHidden == false { lines.endLine() }
            return
        }
        switch element {
        case .html, .head, .body: return
        case .br:
            if stack.last?.isHidden != true { lines.breakLine() }
        case .p:
            if let index = reachable(.p) {
                pop(through: index)
            } else if stack.last?.isHidden != true {
                lines.endParagraph()
            }
        case .table:
            if let index = reachable(.table, within: { _ in false }) { pop(through: index) }
        case .td, .th, .tr, .tbody, .thead, .tfoot, .caption:
            if let index = reachable(element, within: { $0 == .table }) { pop(through: index) }
        case .unknown:
            endUnknown(tag.name)
        default:
            endKnown(element)
        }
    }

    private mutating func endKnown(_ element: HTMLElement) {
        if element.isHeading {
            var index = stack.count - 1
            while index >= 0, !stack[index].element.isScope {
                if stack[index].element.isHeading { return pop(through: index) }
                index -= 1
            }
        } else if element == .svg || element == .math || element.display != .inline {
            guard let index = reachable(element, within: { $0 == .table || ($0.isCell) }) else { return }
            pop(through: index)
        } else if let index = reachable(element, within: { $0 == .table || ($0.isCell) }) {
            remove(at: index)
        }
    }

    private mutating func endUnknown(_ name: ArraySlice<UInt8>) {
        guard openCounts[Int(HTMLElement.unknown.rawValue)] > 0 else { return }
        var index = stack.count - 1
        while index >= 0, stack[index].element != .table, !stack[index].element.isCell {
            if stack[index].element == .unknown, stack[index].name == name { return remove(at: index) }
            index -= 1
        }
    }
}
