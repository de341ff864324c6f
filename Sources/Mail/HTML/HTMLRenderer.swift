/// Walks the tokens of a document and writes its text into ``HTMLTextLines``.
///
/// It keeps a stack of open elements like the standard's tree construction (section 13.2.6), as far as that decides
/// what text stands where: implied end tags, stray and mis-nested ones, the content of raw text elements. No tree is
/// built.
struct HTMLRenderer {
    /// What the end of an element does to the text.
    enum Ending {
        case nothing
        case line
        case paragraph
        case item
        case list
        case cell
        case table
        case link
        case wordListMarker
        case quotationMark
    }

    struct OpenElement {
        var element: HTMLElement
        /// Tells `unknown` elements apart.
        var name: ArraySlice<UInt8>
        var ending = Ending.nothing
        /// What the children inherit.
        var isHidden = false
        var hasZeroFont = false
        var whiteSpace = HTMLInlineStyle.WhiteSpace.normal
        var wordListLevel: UInt8 = 0
        /// What holds again when the element ends.
        var outerQuoteDepth: UInt8
        var outerIndent: UInt8
    }

    var tokenizer: HTMLTokenizer
    var lines: HTMLTextLines
    var stack: [OpenElement] = []
    /// How many of each element are open, so that stray end tags cost nothing.
    var openCounts = [Int](repeating: 0, count: HTMLElement.allCases.count)
    /// Start tags that found the stack full and await their end tags.
    var untrackedElements = 0
    var foreignDepth = 0
    var tables: [HTMLTableText] = []
    var lists: [HTMLListNumbering] = []
    var links: [HTMLLinkText] = []
    /// Bytes of links' addresses written so far.
    var addressBytes = 0
    var hasBody = false
    /// Whether a newline that comes next is dropped, as at the start of `<pre>`.
    var skipsNewline = false

    init(_ html: [UInt8], limit: Int) {
        tokenizer = HTMLTokenizer(html)
        lines = HTMLTextLines(limit: limit)
    }

    mutating func run() {
        while !lines.isFull, let token = tokenizer.next() {
            switch token {
            case .characters(let text): characters(text)
            case .startTag(let tag): startTag(tag)
            case .endTag(let tag): endTag(tag)
            case .comment, .doctype: break
            }
        }
        popAll()
        lines.endLine()
    }

    private mutating func characters(_ text: ArraySlice<UInt8>) {
        var text = text
        if skipsNewline {
            skipsNewline = false
            if text.first == 0x0A { text = text.dropFirst() }
        }
        guard let top = stack.last else { return lines.append(text, whiteSpace: .normal) }
        guard !top.isHidden, !top.hasZeroFont else { return }
        lines.append(text, whiteSpace: top.whiteSpace)
    }

    // MARK: The stack of open elements

    /// The index of the innermost open element of that kind that an end tag here can reach.
    func reachable(_ element: HTMLElement, within isBarrier: (HTMLElement) -> Bool = \.isScope) -> Int? {
        guard openCounts[Int(element.rawValue)] > 0 else { return nil }
        var index = stack.count - 1
        while index >= 0 {
            if stack[index].element == element { return index }
            if isBarrier(stack[index].element) { return nil }
            index -= 1
        }
        return nil
    }

    mutating func push(_ frame: OpenElement) {
        guard stack.count < HTMLText.depthLimit else {
            untrackedElements += 1
            return
        }
        stack.append(frame)
        openCounts[Int(frame.element.rawValue)] += 1
        if frame.element == .svg || frame.element == .math { foreignChanged(by: 1) }
    }

    /// Ends all elements from the innermost to the one at that index.
    mutating func pop(through index: Int) {
        while stack.count > index { close(stack.removeLast()) }
    }

    mutating func popAll() { pop(through: 0) }

    /// Ends one inline element whatever stands inside it, as `<b><i></b></i>` does.
    mutating func remove(at index: Int) { close(stack.remove(at: index)) }

    private mutating func close(_ frame: OpenElement) {
        openCounts[Int(frame.element.rawValue)] -= 1
        if frame.element == .svg || frame.element == .math { foreignChanged(by: -1) }
        switch frame.ending {
        case .nothing: return
        case .line: lines.endLine()
        case .paragraph: lines.endParagraph()
        case .item: endItem()
        case .list: endList()
        case .cell: endCell()
        case .table: endTable()
        case .link: return endLink()
        case .wordListMarker: return endWordListMarker(frame)
        case .quotationMark: return lines.append(Array("”".utf8)[...], whiteSpace: .normal)
        }
        lines.quoteDepth = frame.outerQuoteDepth
        lines.indent = frame.outerIndent
    }

    private mutating func foreignChanged(by change: Int) {
        foreignDepth += change
        tokenizer.allowsCDATA = foreignDepth > 0
    }
}
