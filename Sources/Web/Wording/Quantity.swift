/// Numbers as a person reads them.
enum Quantity {
    /// In bytes, of files: "84 KB", "1.2 MB".
    static func size(_ bytes: Int) -> String {
        if bytes < 1_000 { return "\(max(0, bytes)) bytes" }
        var value = Double(bytes) / 1_000
        for unit in ["KB", "MB"] {
            if value < 999.5 { return rounded(value) + " " + unit }
            value /= 1_000
        }
        return rounded(value) + " GB"
    }

    /// "12,345"
    static func count(_ number: Int) -> String {
        let digits = String(abs(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return number < 0 ? "−" + text : text
    }

    /// "1 contact", "12 contacts"
    static func of(_ number: Int, _ one: String, _ many: String) -> String {
        count(number) + " " + (number == 1 ? one : many)
    }

    /// One decimal below ten.
    private static func rounded(_ value: Double) -> String {
        guard value < 9.95 else { return String(Int(value.rounded())) }
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
    }
}
