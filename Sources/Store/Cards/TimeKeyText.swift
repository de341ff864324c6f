/// A key of a time and a number as it stands in the address of a page: "1700000000-42".
enum TimeKeyText {
    static func write(_ time: Int64, _ number: some CustomStringConvertible) -> String { "\(time)-\(number)" }

    /// - Returns: nil for what is no such key.
    static func read<Number: LosslessStringConvertible>(_ text: String) -> (time: Int64, number: Number)? {
        guard let dash = text.lastIndex(of: "-"), let time = Int64(text[..<dash]),
            let number = Number(String(text[text.index(after: dash)...]))
        else { return nil }
        return (time, number)
    }
}
