import Store

extension StoredAddress {
    /// The name, or the address where there is none.
    var display: String {
        let name = name?.trimmed ?? ""
        if !name.isEmpty { return name }
        return address.isEmpty ? "(unknown)" : address
    }

    /// Name and address.
    var full: String {
        let name = name?.trimmed ?? ""
        return name.isEmpty || address.isEmpty || name == address ? display : "\(name) <\(address)>"
    }
}

/// Several people in a line.
enum Correspondents {
    /// "Alice Marsh, Tom Ashworth and 3 more"
    static func list(_ addresses: [StoredAddress], showing limit: Int = 2) -> String {
        if addresses.isEmpty { return "(nobody named)" }
        let shown = addresses.prefix(limit).map(\.display).joined(separator: ", ")
        return addresses.count > limit ? "\(shown) and \(addresses.count - limit) more" : shown
    }
}
