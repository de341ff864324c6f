/// The elements whose names mean something to the text rendering. All others are `unknown`: their tags are transparent
/// and their content counts.
enum HTMLElement: UInt8, CaseIterable {
    case unknown
    case a, address, area, article, aside, audio
    case base, basefont, bgsound, blockquote, body, br, button
    case canvas, caption, center, col, colgroup
    case datalist, dd, details, dialog, dir, div, dl, dt
    case embed
    case fieldset, figcaption, figure, footer, form, frame, frameset
    case h1, h2, h3, h4, h5, h6, head, header, hgroup, hr, html
    case iframe, image, img, input
    case keygen
    case legend, li, link, listing
    case main, math, menu, meta
    case nav, noembed, noframes
    case ol, optgroup, option
    case p, param, plaintext, pre
    case q
    case script, search, section, select, source, style, summary, svg
    case table, tbody, td, template, textarea, tfoot, th, thead, title, tr, track
    case ul
    case video
    case wbr
    case xml, xmp

    /// How an element's tags divide the text around them.
    enum Display {
        case inline
        /// Begins and ends a line.
        case block
        /// Begins and ends a line, with a blank line on either side.
        case paragraph
        /// Has no content, hence no end tag.
        case void
        /// Neither its text nor its children are shown.
        case hidden
    }

    var display: Display {
        switch self {
        case .area, .base, .basefont, .bgsound, .br, .col, .embed, .frame, .hr, .image, .img, .input, .keygen, .link,
            .meta, .param, .source, .track, .wbr:
            .void
        case .audio, .canvas, .datalist, .iframe, .math, .noembed, .noframes, .script, .select, .style, .svg, .template,
            .textarea, .title, .video, .xml:
            .hidden
        case .blockquote, .dl, .figure, .h1, .h2, .h3, .h4, .h5, .h6, .listing, .p, .plaintext, .pre, .table, .xmp:
            .paragraph
        case .address, .article, .aside, .body, .caption, .center, .dd, .details, .dialog, .dir, .div, .dt, .fieldset,
            .figcaption, .footer, .form, .frameset, .head, .header, .hgroup, .html, .legend, .li, .main, .menu, .nav,
            .ol, .search, .section, .summary, .tbody, .td, .tfoot, .th, .thead, .tr, .ul:
            .block
        case .unknown, .a, .button, .colgroup, .optgroup, .option, .q:
            .inline
        }
    }

    /// Whether the start tag ends an open `<p>` (section 13.2.6.4.7).
    var closesParagraph: Bool {
        switch display {
        case .block, .paragraph: !isCell && !isRowGroup && self != .tr
        default: self == .hr
        }
    }

    var isHeading: Bool { rawValue >= Self.h1.rawValue && rawValue <= Self.h6.rawValue }
    var isList: Bool { self == .ul || self == .ol || self == .dir || self == .menu }
    var isCell: Bool { self == .td || self == .th || self == .caption }
    var isRowGroup: Bool { self == .thead || self == .tbody || self == .tfoot }

    /// Whether end tags inside the element cannot reach elements outside it ("has an element in scope").
    var isScope: Bool { isCell || self == .table || self == .template || self == .button }

    /// Whether a start tag of an HTML element inside SVG or MathML shows that the drawing was never closed.
    var breaksOutOfForeignContent: Bool {
        switch display {
        case .block, .paragraph: true
        default: self == .br || self == .hr || self == .img || self == .meta
        }
    }

    /// The element of a tag name in lower case.
    init(_ name: ArraySlice<UInt8>) {
        self = .unknown
        guard name.count <= Self.longestName else { return }
        let key = Self.key(name)
        // The index of the first key that is not smaller.
        var low = 0
        var high = Self.ordered.count
        while low < high {
            let middle = (low + high) / 2
            if Self.ordered[middle].key < key { low = middle + 1 } else { high = middle }
        }
        if low < Self.ordered.count, Self.ordered[low].key == key { self = Self.ordered[low].element }
    }

    /// "blockquote", "figcaption".
    private static let longestName = 10

    private static let ordered: [(key: UInt128, element: HTMLElement)] =
        allCases.dropFirst()
        .map { (key(Array("\($0)".utf8)[...]), $0) }
        .sorted { $0.0 < $1.0 }

    /// The bytes of a name as one number.
    private static func key(_ name: ArraySlice<UInt8>) -> UInt128 {
        var key: UInt128 = 0
        for byte in name { key = key << 8 | UInt128(byte) }
        return key
    }
}
