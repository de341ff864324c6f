import Foundation

/// What is asked for: a path below Graph's root, and a query that is escaped already.
struct GraphTarget: Hashable, Sendable {
    let path: String
    let query: String

    init(_ path: String, query: String = "") {
        self.path = path
        self.query = query
    }

    /// - Parameter query: names and values, not escaped yet.
    init(_ path: String, _ query: [(name: String, value: String)]) {
        self.path = path
        self.query = query.map { "\($0.name)=\(Self.escaped($0.value, besides: Self.queryMarks))" }
            .joined(separator: "&")
    }

    /// Relative to the root, with a stroke in front: as the parts of a batch are addressed.
    var relative: String { "/" + path + (query.isEmpty ? "" : "?" + query) }

    /// The same thing, further on: by the query of a link that Graph gave. Where else the link leads is not followed,
    /// since the access token goes along.
    /// - Returns: nil for a link without a query.
    func following(_ link: String) -> GraphTarget? {
        guard let mark = link.firstIndex(of: "?") else { return nil }
        let query = link[link.index(after: mark)...].prefix { $0 != "#" }
        return query.isEmpty ? nil : GraphTarget(path, query: String(query))
    }

    /// An id as a part of a path. Graph's ids are case-sensitive, and have marks of Base64.
    static func id(_ id: String) -> String { escaped(id, besides: "=") }

    /// A text within a filter, in the quotes of OData (OData 4.01 URL Conventions, section 5.1.1.14).
    static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }

    private static let queryMarks = "$,:'()/@*;"

    private static func escaped(_ text: String, besides marks: String) -> String {
        var allowed = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        allowed.insert(charactersIn: marks)
        return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }
}

/// How an answer is wanted (the `Prefer` header).
struct GraphPreferences: Hashable, Sendable {
    /// Items on a page; nil for as many as the service likes.
    var pageSize: Int?
    /// `text` or `html`.
    var bodyType: String?

    /// Ids that stay when a message is moved are asked for each time: a single answer without them would put two kinds
    /// of names for one message into the mirror.
    var header: String {
        var words = ["IdType=\"ImmutableId\""]
        if let pageSize { words.append("odata.maxpagesize=\(pageSize)") }
        if let bodyType { words.append("outlook.body-content-type=\"\(bodyType)\"") }
        return words.joined(separator: ", ")
    }
}
