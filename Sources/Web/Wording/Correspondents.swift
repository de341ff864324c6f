import Store
import Wording

extension StoredAddress {
    /// The name, or the address where there is none.
    var display: Phrase {
        let name = name?.trimmed ?? ""
        if !name.isEmpty { return .verbatim(name) }
        return address.isEmpty ? "(unknown)" : .verbatim(address)
    }

    /// Name and address.
    var full: Phrase {
        let name = name?.trimmed ?? ""
        return name.isEmpty || address.isEmpty || name == address ? display : .verbatim("\(name) <\(address)>")
    }
}

/// Several people in a line.
enum Correspondents {
    /// "Alice Marsh, Tom Ashworth and 3 more"
    static func list(_ addresses: [StoredAddress], showing limit: Int = 2) -> Phrase {
        if addresses.isEmpty { return "(nobody named)" }
        let shown = Phrase.several(addresses.prefix(limit).map(\.display))
        let more = addresses.count - limit
        if more <= 0 { return shown }
        return .counting(more, one: "\(shown) and \(count: more) more", other: "\(shown) and \(count: more) more")
    }

    /// Each with name and address.
    static func all(_ addresses: [StoredAddress]) -> Phrase {
        addresses.isEmpty ? "(nobody named)" : .several(addresses.map(\.full))
    }
}
