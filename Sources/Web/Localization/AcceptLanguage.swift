import Wording

/// The languages that a browser asks for (RFC 9110, section 12.5.4): "fr-CA, fr;q=0.9, en;q=0.5".
enum AcceptLanguage {
    /// More ranges than any browser sends.
    private static let limit = 50

    /// The language with the highest weight that Mailcard speaks; of equals the first. Nil where none is wanted.
    static func preferred(_ field: String?) -> Language? {
        guard let field else { return nil }
        var weights: [Language: (weight: Int, place: Int)] = [:]
        var others: (weight: Int, place: Int)?
        for (place, range) in field.split(separator: ",", maxSplits: limit).prefix(limit).enumerated() {
            let parts = range.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmed)
            let weight = weight(parts.dropFirst())
            if parts.first == "*" {
                others = (weight, place)
            } else if let language = Language(tag: parts.first ?? "") {
                // "fr-CA;q=0.3, fr" wants French for the sake of the second.
                if let known = weights[language], known.weight >= weight { continue }
                weights[language] = (weight, place)
            }
        }
        if let others {
            for language in Language.allCases where weights[language] == nil {
                weights[language] = (others.weight, others.place + (language == .standard ? 0 : limit))
            }
        }
        return weights.filter { $0.value.weight > 0 }
            .min { ($1.value.weight, $0.value.place) < ($0.value.weight, $1.value.place) }?.key
    }

    /// In thousandths; 1 where none is given, 0 where it is malformed.
    private static func weight(_ parameters: ArraySlice<String>) -> Int {
        for parameter in parameters {
            guard let value = parameter.lowercased().split(separator: "=", maxSplits: 1).last.map(\.trimmed),
                parameter.lowercased().trimmed.hasPrefix("q")
            else { continue }
            guard let number = Double(value), (0...1).contains(number) else { return 0 }
            return Int((number * 1_000).rounded())
        }
        return 1_000
    }
}
