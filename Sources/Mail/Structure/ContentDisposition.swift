/// What the sender wants done with a part (RFC 2183).
public enum ContentDisposition: Hashable, Sendable {
    case inline
    case attachment

    /// - Parameter value: the field's first word in any case. An unknown word counts as `attachment` (RFC 2183, 2.8),
    ///   an empty one as no disposition.
    public init?(_ value: String) {
        switch value.lowercased() {
        case "": return nil
        case "inline": self = .inline
        default: self = .attachment
        }
    }
}
