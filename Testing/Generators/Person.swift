/// Someone who writes or receives mail.
public struct Person: Sendable, Hashable {
    /// As it stands in the headers, such as "Maëlle Guivarc’h".
    public let name: String
    /// What letters call the person; the first word of the name unless given.
    public let firstName: String
    public let address: String
    /// The mother tongue first.
    public let languages: [Language]
    /// For the signature; empty where unknown.
    public let title: String
    public let company: String
    public let phone: String

    public init(
        _ name: String, _ address: String, firstName: String? = nil, languages: [Language] = [.english],
        title: String = "",
        company: String = "", phone: String = ""
    ) {
        self.name = name
        self.address = address
        self.firstName = firstName ?? String(name.prefix { $0 != " " })
        self.languages = languages
        self.title = title
        self.company = company
        self.phone = phone
    }

    var domain: String { String(address[address.index(after: address.lastIndex(of: "@") ?? address.startIndex)...]) }

    /// The language in which two people write to each other: the other's where it is spoken, else English.
    func language(with other: Person) -> Language {
        guard let theirs = other.languages.first, languages.contains(theirs) else { return .english }
        return theirs
    }
}
