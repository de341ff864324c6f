/// A language that Mailcard speaks.
///
/// The raw value is the tag of BCP 47, as it stands in `users.locale`, in `<html lang>` and in the name of the
/// catalogue.
public enum Language: String, Sendable, Hashable, CaseIterable {
    case english = "en"
    case french = "fr"

    /// Where nothing is known about a person's languages.
    public static let standard = Language.english

    /// The language of a tag such as "fr-CA", whose first part decides; nil for one that Mailcard does not speak.
    public init?(tag: some StringProtocol) {
        let primary = tag.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        self.init(rawValue: primary.lowercased())
    }

    /// What the language calls itself: so it can be found in a list by someone who reads no other.
    public var ownName: String {
        switch self {
        case .english: "English"
        case .french: "Français"
        }
    }
}
