/// The places where SQLite and PostgreSQL differ, each under a name. Queries are written once with numbered binds
/// (`$1`) and what both understand (`ON CONFLICT … DO UPDATE`, `RETURNING`); where they part, a fragment stands in.
public enum Dialect: String, Hashable, Sendable, CaseIterable {
    case sqlite
    case postgresql

    /// `IN …` over a bind made by ``Value/list(_:)`` of integers: `"id \(dialect.inIntegers("$2"))"`. One bind however
    /// long the list is, so that the statement stays in the cache.
    public func inIntegers(_ bind: String) -> String {
        switch self {
        case .sqlite: "IN (SELECT value FROM json_each(\(bind)))"
        case .postgresql: "IN (SELECT value::bigint FROM json_array_elements_text(\(bind)::json))"
        }
    }

    /// `IN …` over a bind made by ``Value/list(_:)`` of texts.
    public func inTexts(_ bind: String) -> String {
        switch self {
        case .sqlite: "IN (SELECT value FROM json_each(\(bind)))"
        case .postgresql: "IN (SELECT value FROM json_array_elements_text(\(bind)::json))"
        }
    }

    /// A join whose left side is read first. Without it, SQLite, which takes `organization_id = …` for a narrow condition, may begin
    /// with the right side and walk all of an organisation's rows; PostgreSQL knows from its statistics.
    public var joinInOrder: String {
        switch self {
        case .sqlite: "CROSS JOIN"
        case .postgresql: "JOIN"
        }
    }

    /// The greater of two expressions, neither of them NULL.
    public func greater(_ one: String, _ other: String) -> String {
        switch self {
        case .sqlite: "max(\(one), \(other))"
        case .postgresql: "greatest(\(one), \(other))"
        }
    }

    /// A substring test whose pattern was made by ``Dialect/containing(_:)``. Both sides must have been folded before
    /// (SQLite's LIKE ignores the case of ASCII letters, PostgreSQL's does not).
    public func like(_ bind: String) -> String { "LIKE \(bind) ESCAPE '\\'" }

    /// The pattern that finds `text` anywhere, with LIKE's own signs taken literally.
    public static func containing(_ text: String) -> String { "%" + escapedForLike(text) + "%" }

    static func escapedForLike(_ text: String) -> String {
        var escaped = ""
        for character in text {
            if character == "%" || character == "_" || character == "\\" { escaped.append("\\") }
            escaped.append(character)
        }
        return escaped
    }

    /// Ends a SELECT whose rows are about to be changed on what was read. SQLite has one writer and needs nothing.
    public var forUpdate: String {
        switch self {
        case .sqlite: ""
        case .postgresql: "FOR UPDATE"
        }
    }

}
