/// Puts the properties of a card together.
struct VCardBuilder {
    private var contact = ContactRecord()
    private var fullName = ""
    private var emails: [(preference: Int, address: String)] = []
    private var phone: (preference: Int, number: String)?
    /// A list of other cards (RFC 6350, section 6.1.4; `X-ADDRESSBOOKSERVER-KIND` of Apple).
    private(set) var isGroup = false

    mutating func add(_ property: VCardProperty) {
        switch property.name {
        case "N":
            let parts = property.components
            contact.lastName = parts.first ?? ""
            contact.firstName = parts.count > 1 ? parts[1] : ""
        case "FN": fullName = property.line
        case "EMAIL":
            let line = property.line
            let address = line.lowercased().hasPrefix("mailto:") ? String(line.dropFirst(7)) : line
            // The same address stands twice where two programs wrote it.
            if !address.isEmpty, !emails.contains(where: { $0.address.lowercased() == address.lowercased() }) {
                emails.append((property.preference, address))
            }
        case "TEL":
            let line = property.line
            let number = line.lowercased().hasPrefix("tel:") ? String(line.dropFirst(4)) : line
            if !number.isEmpty, property.phonePreference < phone?.preference ?? .max {
                phone = (property.phonePreference, number)
            }
        case "TITLE": contact.title = property.line
        case "ORG": contact.account.name = property.components.first ?? ""
        case "NOTE": contact.notes += (contact.notes.isEmpty ? "" : "\n") + property.line
        case "KIND", "X-ADDRESSBOOKSERVER-KIND": isGroup = property.line.lowercased() == "group"
        default: break
        }
    }

    var record: ContactRecord {
        var record = contact
        let sorted = emails.enumerated().sorted {
            ($0.element.preference, $0.offset) < ($1.element.preference, $1.offset)
        }
        record.addresses = sorted.map(\.element.address)
        record.phone = phone?.number ?? ""
        let isNamedByOther = record.addresses.contains(fullName) || record.account.name == fullName
        if record.firstName.isEmpty && record.lastName.isEmpty && !isNamedByOther { record.setFullName(fullName) }
        return record
    }
}
