import Mail
import Wording

/// What is wrong with a form, field by field, in words for the person who filled it in.
public struct FormProblems: Error, Hashable, Sendable {
    public struct Problem: Hashable, Sendable {
        public let field: FormField
        public let sentence: Phrase
    }

    public private(set) var problems: [Problem] = []

    public init() {}

    public init(_ field: FormField, _ sentence: Phrase) { add(field, sentence) }

    public mutating func add(_ field: FormField, _ sentence: Phrase) {
        problems.append(Problem(field: field, sentence: sentence))
    }

    /// The first sentence about a field.
    public subscript(field: FormField) -> Phrase? { problems.first { $0.field == field }?.sentence }

    func throwIfAny() throws(FormProblems) {
        if !problems.isEmpty { throw self }
    }
}

/// The fields of all forms.
public enum FormField: Hashable, Sendable {
    case organizationName
    case name
    case firstName
    case lastName
    case title
    case phone
    /// The n-th address of several, from 0.
    case emailAddress(Int)
    case email
    case password
    case domain
    case postalAddress
    case city
    case country
    case industry
    case notes
    case account
    case owner
    case pattern
    case reason
    case kind
    case startDay
    case startTime
    case endDay
    case endTime
    case contacts
    case clientID
}

/// Rules that several forms share.
enum FieldRules {
    /// Of one-line fields, in characters: longer text is a mistake of pasting.
    static let lineLimit = 200
    /// Of notes, in characters.
    static let notesLimit = 20_000

    /// The text without blanks around it, on one line.
    static func line(
        _ text: String, _ field: FormField, _ name: Phrase, into problems: inout FormProblems
    ) -> String {
        let trimmed = trimmed(text.split(whereSeparator: \.isNewline).joined(separator: " "))
        if trimmed.count > lineLimit {
            problems.add(
                field, "\(name) is longer than \(count: lineLimit) characters. Shorten it; notes have more room.")
        }
        return trimmed
    }

    static func notes(_ text: String, into problems: inout FormProblems) -> String {
        let trimmed = trimmed(text)
        if trimmed.count > notesLimit {
            problems.add(.notes, "The notes are longer than \(count: notesLimit) characters. Shorten them.")
        }
        return trimmed
    }

    static func trimmed(_ text: String) -> String {
        let blank: (Character) -> Bool = { $0.isWhitespace || $0 == "\u{0}" }
        let start = text.drop(while: blank)
        return String(start.reversed().drop(while: blank).reversed())
    }

    /// A mail domain such as "example.com", in the spelling that domains are compared by, or nil: at least two labels
    /// of letters, digits and hyphens (RFC 1123, section 2.1).
    static func domain(_ text: String) -> String? {
        guard let key = EmailAddress("postmaster@" + text)?.domainKey, key.utf8.count <= 253 else { return nil }
        let labels = key.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2 else { return nil }
        for label in labels {
            guard (1...63).contains(label.utf8.count), label.first != "-", label.last != "-",
                label.utf8.allSatisfy({ isLetterOrDigit($0) || $0 == UInt8(ascii: "-") })
            else { return nil }
        }
        return key
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || isDigit(byte)
    }

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
