/// The fields of a form or a query, as `application/x-www-form-urlencoded` carries them (WHATWG URL, section 5.1).
struct FormFields: Sendable, Hashable {
    private(set) var pairs: [(name: String, value: String)] = []

    /// More fields than any form has.
    static let limit = 500

    init() {}

    /// What is malformed is taken as it stands; no input is an error.
    init(encoded: some StringProtocol) {
        for part in encoded.split(separator: "&", maxSplits: Self.limit).prefix(Self.limit) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = sides.count > 1 ? Self.decoded(sides[1]) : ""
            pairs.append((Self.decoded(sides[0]), value))
        }
    }

    mutating func append(_ name: String, _ value: String) { pairs.append((name, value)) }

    /// The first field of that name; empty when there is none.
    subscript(name: String) -> String { pairs.first { $0.name == name }?.value ?? "" }

    /// The first field of that name, if there is one with something in it.
    func optional(_ name: String) -> String? {
        let value = self[name]
        return value.isEmpty ? nil : value
    }

    func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    func contains(_ name: String) -> Bool { pairs.contains { $0.name == name } }

    /// A checkbox.
    func isChecked(_ name: String) -> Bool { contains(name) }

    private static func decoded(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8.makeIterator()
        var pending: [UInt8] = []
        func next() -> UInt8? { pending.isEmpty ? rest.next() : pending.removeFirst() }
        while let byte = next() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let high = next()
                let low = high == nil ? nil : next()
                if let high, let low, let upper = hexValue(high), let lower = hexValue(low) {
                    bytes.append(upper << 4 | lower)
                } else {
                    bytes.append(byte)
                    pending = [high, low].compactMap(\.self) + pending
                }
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    static func == (one: FormFields, other: FormFields) -> Bool {
        one.pairs.elementsEqual(other.pairs) { $0 == $1 }
    }

    func hash(into hasher: inout Hasher) {
        for pair in pairs {
            hasher.combine(pair.name)
            hasher.combine(pair.value)
        }
    }
}
