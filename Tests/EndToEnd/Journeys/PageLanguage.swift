import Testing

/// The languages in which people work. The words stand in the tests as people read them, not as a catalogue has them.
enum PageLanguage: String, CaseIterable, CustomTestStringConvertible, Sendable {
    case english = "en"
    case french = "fr"

    /// What the product calls the language in its own list.
    var name: String { self == .english ? "English" : "Français" }
    /// What a browser asks for whose owner speaks it.
    var locale: String { self == .english ? "en-GB" : "fr-FR" }
    var testDescription: String { name }

    func callAsFunction(_ english: String, _ french: String) -> String { self == .english ? english : french }
}
