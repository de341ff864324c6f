/// A course that a correspondence between a supplier and a customer can take.
///
/// Texts hold names in braces, such as `{product}` or `{day}`, that ``Filling`` replaces; a day is one after the
/// letter's date. Greeting, closing and signature are added by the writer.
struct Scenario: Sendable {
    enum Side: Sendable {
        case customer, supplier
    }

    enum File: Sendable {
        case offer, invoice, certificate, report, datasheet, measurements, minutes, contract
    }

    struct Turn: Sendable {
        let side: Side
        let text: String
        let files: [File]
    }

    let language: Language
    let subjects: [String]
    let turns: [Turn]

    init(_ language: Language, _ subjects: [String], _ turns: [Turn]) {
        self.language = language
        self.subjects = subjects
        self.turns = turns
    }

    static let all = english + french + german + japanese
}

extension Scenario.Turn {
    static func customer(_ text: String, _ files: Scenario.File...) -> Self {
        Self(side: .customer, text: text, files: files)
    }
    static func supplier(_ text: String, _ files: Scenario.File...) -> Self {
        Self(side: .supplier, text: text, files: files)
    }
}
