import Wording

/// Numbers as a person reads them.
enum Quantity {
    /// In bytes, of files: "84 KB", "1.2 MB".
    static func size(_ bytes: Int) -> Phrase {
        if bytes < 1_000 {
            let bytes = max(0, bytes)
            return .counting(bytes, one: "\(bytes) bytes", other: "\(bytes) bytes")
        }
        let kilobytes = Double(bytes) / 1_000
        if kilobytes < 999.5 { return "\(tenths: tenths(kilobytes)) KB" }
        let megabytes = kilobytes / 1_000
        if megabytes < 999.5 { return "\(tenths: tenths(megabytes)) MB" }
        return "\(tenths: tenths(megabytes / 1_000)) GB"
    }

    /// "12,345"
    static func count(_ number: Int) -> Phrase { "\(count: number)" }

    /// One decimal below ten, none above.
    private static func tenths(_ value: Double) -> Int {
        value < 9.95 ? Int((value * 10).rounded()) : Int(value.rounded()) * 10
    }
}

extension Phrase {
    static func contacts(_ count: Int) -> Phrase {
        .counting(count, one: "\(count: count) contact", other: "\(count: count) contacts")
    }

    static func tries(_ count: Int) -> Phrase {
        .counting(count, one: "\(count: count) try", other: "\(count: count) tries")
    }

    /// Several of which some have commas in them; empty ones are passed over.
    static func enumeration(_ phrases: [Phrase]) -> Phrase {
        let parts = phrases.filter { !$0.isEmpty }
        return parts.dropFirst().reduce(parts.first ?? "") { "\($0); \($1)" }
    }

    /// The subject of an email, or that it has none.
    static func subject(_ text: String) -> Phrase { text.trimmed.nonEmpty.map { .verbatim($0) } ?? "(no subject)" }

    /// The name of an uploaded file, where the browser told one.
    static func file(_ name: String) -> Phrase { name.nonEmpty.map { .verbatim($0) } ?? "A file" }
}
