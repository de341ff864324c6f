/// What stands between the cells of a line. Spreadsheets write the one of the country they run in.
public enum CSVDelimiter: UInt8, Sendable, Hashable, CaseIterable {
    case comma = 0x2C
    case semicolon = 0x3B
    case tab = 0x09

    /// The one that stands most often in the first line, outside quotation marks; a comma where there is none.
    static func detected(in bytes: some Collection<UInt8>) -> CSVDelimiter {
        var counts: [CSVDelimiter: Int] = [:]
        var isQuoted = false
        let text = bytes.drop { $0 == 0x0A || $0 == 0x0D }
        for byte in text.prefix(CSVReader.recordLimit) {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case 0x0A where !isQuoted, 0x0D where !isQuoted: return most(counts)
            default: if !isQuoted, let delimiter = CSVDelimiter(rawValue: byte) { counts[delimiter, default: 0] += 1 }
            }
        }
        return most(counts)
    }

    private static func most(_ counts: [CSVDelimiter: Int]) -> CSVDelimiter {
        allCases.reversed().max { counts[$0, default: 0] < counts[$1, default: 0] } ?? .comma
    }
}
