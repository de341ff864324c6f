/// A page or a part of one: the model that the template of the same name renders.
///
/// Stored properties are what the template can name. Each is text, a number, a `Bool`, another model, or an array or
/// optional of those.
protocol Page: Sendable {
    /// The folder of the template.
    static var module: String { get }
}

extension Page {
    /// "Contacts/ContactListPage"
    static var template: String { module + "/" + String(describing: Self.self) }
}
