/// Which column of a file becomes what.
public struct ColumnMapping: Hashable, Sendable, Codable {
    /// One for each column; nil for one that is not imported.
    public var fields: [ContactField?]
    /// Columns that are offered for choosing; those behind them are left out.
    public static let columnLimit = 200

    /// The first line names the columns and is no contact.
    public var hasHeader: Bool

    public init(fields: [ContactField?], hasHeader: Bool) {
        self.fields = fields
        self.hasHeader = hasHeader
    }

    /// What the first lines suggest. A first line with an address in it is a contact already.
    public static func guessed(from rows: [[String]]) -> ColumnMapping {
        let first = rows.first ?? []
        let hasHeader = !first.contains { $0.contains("@") }
        let width = min(rows.map(\.count).max() ?? 0, columnLimit)
        var fields: [ContactField?] = Array(repeating: nil, count: width)
        var taken: Set<ContactField> = []
        if hasHeader {
            let guesses = HeaderNames.guess(first)
            for (column, guess) in guesses.prefix(width).enumerated() {
                guard let guess, guess.takesSeveral || taken.insert(guess).inserted else { continue }
                fields[column] = guess
            }
        }
        if !fields.contains(.email) {
            for column in 0..<width where fields[column] == nil {
                let holds = rows.dropFirst(hasHeader ? 1 : 0).contains { column < $0.count && $0[column].contains("@") }
                if holds { fields[column] = .email }
            }
        }
        return ColumnMapping(fields: fields, hasHeader: hasHeader)
    }

    /// What two columns may not both become, if there is such a thing.
    public var doubled: ContactField? {
        var seen: Set<ContactField> = []
        return fields.compactMap(\.self).first { !$0.takesSeveral && !seen.insert($0).inserted }
    }

    /// Whether a line can become a contact at all.
    public var namesSomebody: Bool {
        fields.contains { $0 == .email || $0 == .lastName || $0 == .firstName || $0 == .fullName }
    }

    /// The contact of a line. Cells without a column count as not there.
    public func record(_ cells: [String]) -> ContactRecord {
        var record = ContactRecord()
        var fullName = ""
        for (field, cell) in zip(fields, cells) where !cell.isEmpty {
            switch field {
            case nil: break
            case .firstName: record.firstName = cell
            case .lastName: record.lastName = cell
            case .fullName: fullName = cell
            case .email: record.addresses += Self.addresses(cell)
            case .phone: record.phone = cell
            case .title: record.title = cell
            case .notes: record.notes += (record.notes.isEmpty ? "" : "\n") + cell
            case .account: record.account.name = cell
            case .accountDomain: record.account.domain = cell
            case .accountPhone: record.account.phone = cell
            case .accountAddress: record.account.address = cell
            case .accountCity: record.account.city = cell
            case .accountCountry: record.account.country = cell
            case .accountIndustry: record.account.industry = cell
            }
        }
        if record.firstName.isEmpty && record.lastName.isEmpty && !fullName.isEmpty { record.setFullName(fullName) }
        return record
    }

    /// Several addresses may stand in one cell: with semicolons, line breaks or ":::" (Google) between, or commas.
    static func addresses(_ cell: String) -> [String] {
        // A quoted local part may hold any of these.
        if cell.contains("\"") { return [cell] }
        return cell.split { $0 == ";" || $0 == "," || $0.isNewline }
            .flatMap { $0.split(separator: " ::: ") }
            .map { String($0.drop(while: \.isWhitespace)) }.filter { !$0.isEmpty }
    }
}
