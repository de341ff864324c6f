/// What ``HTMLTokenizer`` yields (the HTML standard, section 13.2.5). Text is UTF-8; wherever the document holds it
/// literally it is a slice of the document, so that a token costs no copy.
public enum HTMLToken: Equatable, Sendable {
    case doctype(HTMLDoctype)
    case startTag(HTMLTag)
    /// The attributes of an end tag are read and dropped, as the tree construction of the standard does.
    case endTag(HTMLTag)
    case comment(ArraySlice<UInt8>)
    /// A piece of text: one run may come in several tokens.
    case characters(ArraySlice<UInt8>)
}

/// A DOCTYPE; `nil` is the standard's "missing", which differs from empty.
public struct HTMLDoctype: Equatable, Sendable {
    public var name: [UInt8]?
    public var publicIdentifier: [UInt8]?
    public var systemIdentifier: [UInt8]?
    public var forcesQuirks = false
}

/// A start or end tag. Names are lower case (ASCII).
public struct HTMLTag: Equatable, Sendable {
    public var name: ArraySlice<UInt8>
    /// In the order of the document, each name once: the first one counts.
    public var attributes: [HTMLAttribute] = []
    public var isSelfClosing = false

    /// The value of an attribute, `nil` when the tag has none of that name.
    public subscript(name: StaticString) -> ArraySlice<UInt8>? {
        attributes.first { $0.isNamed(name) }?.value
    }
}

/// One attribute of a start tag, character references in its value replaced.
public struct HTMLAttribute: Equatable, Sendable {
    public var name: ArraySlice<UInt8>
    public var value: ArraySlice<UInt8>

    func isNamed(_ other: StaticString) -> Bool {
        guard name.count == other.utf8CodeUnitCount else { return false }
        return other.withUTF8Buffer { name.elementsEqual($0) }
    }
}
