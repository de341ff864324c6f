/// Numbers as each language writes them (Unicode CLDR, number symbols).
public struct Numerals: Sendable {
    let grouping: Character
    let decimal: Character

    public init(_ language: Language) {
        switch language {
        case .english: (grouping, decimal) = (",", ".")
        case .french: (grouping, decimal) = ("\u{202F}", ",")
        }
    }

    /// "12,345"; "12 345" with a narrow no-break space.
    public func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = number < 0 ? "−" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index) % 3 == 0 { text.append(grouping) }
            text.append(digit)
        }
        return text
    }

    /// A number counted in tenths: 12 is "1.2" or "1,2", 10 is "1".
    func tenths(_ number: Int) -> String {
        let whole = grouped(number / 10)
        return number % 10 == 0 ? whole : whole + "\(decimal)\(number.magnitude % 10)"
    }
}
