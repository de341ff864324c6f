/// A text part to fetch, with what is needed to read its bytes.
public struct SelectedPart: Hashable, Sendable {
    /// IMAP's section number.
    public var section: String
    public var isHTML: Bool
    /// The charset's label as the sender wrote it.
    public var charset: String?
    public var transferEncoding: TransferEncoding
    /// `format=flowed` of RFC 3676.
    public var isFlowed: Bool
    /// `delsp=yes` of RFC 3676.
    public var delSp: Bool
    /// Octets of the encoded content.
    public var octets: Int

    public init(
        section: String, isHTML: Bool = false, charset: String? = nil, transferEncoding: TransferEncoding = .sevenBit,
        isFlowed: Bool = false, delSp: Bool = false, octets: Int = 0
    ) {
        self.section = section
        self.isHTML = isHTML
        self.charset = charset
        self.transferEncoding = transferEncoding
        self.isFlowed = isFlowed
        self.delSp = delSp
        self.octets = octets
    }

    init(_ part: PartDescription) {
        self.init(
            section: part.section, isHTML: part.isHTMLText, charset: part.charset,
            transferEncoding: part.transferEncoding,
            isFlowed: part.isFlowed, delSp: part.deletesSpace, octets: part.size)
    }
}
