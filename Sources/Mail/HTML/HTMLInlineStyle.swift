/// What a `style` attribute says about the text of its element: whether it shows at all, whether it stands on lines of
/// its own, how its white space counts. Everything else in it is passed over. Style sheets are not read.
struct HTMLInlineStyle {
    enum Display {
        case none
        case block
        case inline
    }

    enum FontSize {
        case zero
        case some
    }

    enum WhiteSpace {
        case normal
        /// Kept as it stands.
        case pre
    }

    /// The properties that are looked at.
    private enum Property: CaseIterable {
        case border, borderTop, display, fontSize, height, margin, marginBottom, marginTop, maxHeight, maxWidth, msoList
        case opacity, overflow, visibility, whiteSpace, width

        var name: StaticString {
            switch self {
            case .border: "border"
            case .borderTop: "border-top"
            case .display: "display"
            case .fontSize: "font-size"
            case .height: "height"
            case .margin: "margin"
            case .marginBottom: "margin-bottom"
            case .marginTop: "margin-top"
            case .maxHeight: "max-height"
            case .maxWidth: "max-width"
            case .msoList: "mso-list"
            case .opacity: "opacity"
            case .overflow: "overflow"
            case .visibility: "visibility"
            case .whiteSpace: "white-space"
            case .width: "width"
            }
        }

        init?(_ name: ArraySlice<UInt8>) {
            guard let first = name.first?.asciiLowercased else { return nil }
            // Mail is full of styles, most of them about fonts, colours and padding.
            switch first {
            case UInt8(ascii: "b"), UInt8(ascii: "d"), UInt8(ascii: "f"), UInt8(ascii: "h"), UInt8(ascii: "m"),
                UInt8(ascii: "o"), UInt8(ascii: "v"), UInt8(ascii: "w"):
                break
            default: return nil
            }
            let known = Self.allCases.first {
                $0.name.utf8CodeUnitCount == name.count && name.hasASCIIPrefix($0.name)
            }
            guard let known else { return nil }
            self = known
        }
    }

    private(set) var display: Display?
    private(set) var fontSize: FontSize?
    private(set) var whiteSpace: WhiteSpace?
    private(set) var hasNoMargin = false
    private(set) var hasNoBorder = false
    private(set) var hasTopBorder = false
    /// Whether it is a point or less in one direction, as images are that report the opening of a mail.
    private(set) var isTiny = false
    /// `mso-list:l0 level2 lfo1`: the level, from 1, of a paragraph that Word shows as a list item.
    private(set) var wordListLevel: UInt8?
    /// `mso-list:Ignore`: the bullet or number of such a paragraph.
    private(set) var isWordListMarker = false

    private var isInvisible = false
    private var isTransparent = false
    private var hasZeroExtent = false
    private var clips = false
    private var hasNoTopMargin = false
    private var hasNoBottomMargin = false

    /// Whether the element and all in it are left out.
    ///
    /// `mso-hide:all` is no reason: it hides from Word alone what every other reader sees, such as a button whose Word
    /// version stands in a conditional comment.
    var hides: Bool { display == Display.none || isInvisible || isTransparent || (hasZeroExtent && clips) }

    init() {}

    init(_ style: ArraySlice<UInt8>) {
        var start = style.startIndex
        while start < style.endIndex {
            var colon: Int?
            var end = start
            while end < style.endIndex, style[end] != UInt8(ascii: ";") {
                if style[end] == UInt8(ascii: ":"), colon == nil { colon = end }
                end += 1
            }
            if let colon {
                var name = style[start..<colon].drop(while: \.isHTMLSpace)
                while name.last?.isHTMLSpace == true { name.removeLast() }
                if let property = Property(name) {
                    declare(property, style[(colon + 1)..<end].drop(while: \.isHTMLSpace))
                }
            }
            start = end + 1
        }
        if hasNoTopMargin, hasNoBottomMargin { hasNoMargin = true }
    }

    private mutating func declare(_ property: Property, _ value: ArraySlice<UInt8>) {
        switch property {
        case .border: hasNoBorder = value.hasASCIIPrefix("none") || value.isZeroLength
        case .borderTop: hasTopBorder = !value.hasASCIIPrefix("none") && value.containsASCII("solid")
        case .display: display = Self.display(value)
        case .fontSize: fontSize = Self.fontSize(value)
        case .height, .width:
            if value.isZeroLength { hasZeroExtent = true }
            if value.isZeroLength || value.hasASCIIPrefix("1px") { isTiny = true }
        case .maxHeight, .maxWidth: if value.isZeroLength { hasZeroExtent = true }
        case .margin: hasNoMargin = value.isZeroLength
        case .marginBottom: hasNoBottomMargin = value.isZeroLength
        case .marginTop: hasNoTopMargin = value.isZeroLength
        case .msoList:
            if value.hasASCIIPrefix("ignore") { isWordListMarker = true }
            wordListLevel = Self.level(value)
        case .opacity: isTransparent = value.isZeroLength
        case .overflow: clips = value.hasASCIIPrefix("hidden") || value.hasASCIIPrefix("clip")
        case .visibility: isInvisible = value.hasASCIIPrefix("hidden") || value.hasASCIIPrefix("collapse")
        case .whiteSpace:
            let isPre = value.hasASCIIPrefix("pre") && !value.hasASCIIPrefix("pre-line")
            whiteSpace = isPre || value.hasASCIIPrefix("break-spaces") ? .pre : .normal
        }
    }

    private static func display(_ value: ArraySlice<UInt8>) -> Display? {
        if value.hasASCIIPrefix("none") { return Display.none }
        if value.hasASCIIPrefix("inline-") { return nil }
        if value.hasASCIIPrefix("inline") { return .inline }
        return value.hasASCIIPrefix("block") || value.hasASCIIPrefix("flex") || value.hasASCIIPrefix("grid")
            ? .block : nil
    }

    /// Relative sizes leave it as it was inherited: twice nothing is nothing.
    private static func fontSize(_ value: ArraySlice<UInt8>) -> FontSize? {
        if value.isZeroLength { return .zero }
        return value.containsASCII("em") || value.contains(UInt8(ascii: "%")) ? nil : .some
    }

    /// The digit after "level".
    private static func level(_ value: ArraySlice<UInt8>) -> UInt8? {
        var rest = value
        while rest.count > 5 {
            if rest.hasASCIIPrefix("level") {
                let digit = rest[rest.startIndex + 5]
                return digit.isASCIIDigit ? max(1, digit - UInt8(ascii: "0")) : nil
            }
            rest = rest.dropFirst()
        }
        return nil
    }
}

extension ArraySlice<UInt8> {
    /// Whether it begins with that text, given in lower case, whatever the case of its letters.
    func hasASCIIPrefix(_ prefix: StaticString) -> Bool {
        guard prefix.utf8CodeUnitCount <= count else { return false }
        return prefix.withUTF8Buffer { prefix in
            for offset in 0..<prefix.count where self[startIndex + offset].asciiLowercased != prefix[offset] {
                return false
            }
            return true
        }
    }

    /// Whether that text, given in lower case, stands anywhere in the first 64 bytes, more than any value looked at
    /// has.
    func containsASCII(_ text: StaticString) -> Bool {
        var rest = prefix(64)
        while rest.count >= text.utf8CodeUnitCount {
            if rest.hasASCIIPrefix(text) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    /// "0", "0px", "0.0pt", but not "0.5em".
    fileprivate var isZeroLength: Bool {
        guard first == UInt8(ascii: "0") else { return false }
        return prefix { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
            .allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
    }
}
