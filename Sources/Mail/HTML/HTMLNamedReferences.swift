/// Looks up named character references: `nbsp`, `amp`, … (the HTML standard, section 13.5).
struct HTMLNamedReferences: Sendable {
    static let standard = HTMLNamedReferences()

    /// The longest name ("CounterClockwiseContourIntegral") and the longest of those that need no semicolon, in bytes.
    static let longestName = 31
    static let longestLegacyName = 6
    static let shortestLegacyName = 2

    private struct Entry {
        var name: Range<UInt16>
        var value: Range<UInt16>
        var isLegacy: Bool
    }

    private var entries: [Entry] = []
    private var names: [UInt8] = []
    private var values: [UInt8] = []
    /// Open addressing: 1 + an index into `entries`, 0 for a free place; half empty, so that probes stay short.
    private var slots = [UInt16](repeating: 0, count: 4096)

    private init() {
        for field in Self.table.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            var name = field.prefix { $0 != "=" }
            let codePoints = field[name.endIndex...].dropFirst().split(separator: "+")
            let isLegacy = name.first == "*"
            if isLegacy { name = name.dropFirst() }
            let nameStart = UInt16(names.count)
            let valueStart = UInt16(values.count)
            names += Array(name.utf8)
            for codePoint in codePoints {
                guard let scalar = UInt32(codePoint, radix: 16).flatMap(Unicode.Scalar.init) else { continue }
                values += Array(Character(scalar).utf8)
            }
            entries.append(
                Entry(
                    name: nameStart..<UInt16(names.count), value: valueStart..<UInt16(values.count), isLegacy: isLegacy)
            )
            var slot = Self.hash(Array(name.utf8), 0..<name.utf8.count)
            while slots[slot] != 0 { slot = (slot + 1) & 4095 }
            slots[slot] = UInt16(entries.count)
        }
    }

    /// The UTF-8 text that the name in that range of the input stands for, `nil` when it is not in the table.
    /// - Parameter legacy: whether only the names that need no semicolon count.
    func value(of name: Range<Int>, in input: [UInt8], legacy: Bool) -> ArraySlice<UInt8>? {
        var slot = Self.hash(input, name)
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            if entry.name.count == name.count, matches(entry, name, input) {
                guard entry.isLegacy || !legacy else { return nil }
                return values[Int(entry.value.lowerBound)..<Int(entry.value.upperBound)]
            }
            slot = (slot + 1) & 4095
        }
        return nil
    }

    private func matches(_ entry: Entry, _ name: Range<Int>, _ input: [UInt8]) -> Bool {
        let start = Int(entry.name.lowerBound)
        for offset in 0..<name.count where names[start + offset] != input[name.lowerBound + offset] { return false }
        return true
    }

    /// FNV-1a, folded to the size of `slots`.
    private static func hash(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
        var hash: UInt32 = 2_166_136_261
        for index in range { hash = (hash ^ UInt32(bytes[index])) &* 16_777_619 }
        return Int((hash ^ (hash >> 15)) & 4095)
    }
}
