import Testing

@testable import Web

/// A form of a page, as a browser finds it there.
struct PageForm: Sendable {
    struct Field: Hashable, Sendable {
        let name: String
        /// As the type of an `input`; "textarea" and "select" for those.
        let type: String
        /// What is sent when nobody changes it; nil for what is sent only when it is chosen or pressed.
        let value: String?
    }

    /// Where it leads, without the address's query.
    let path: String
    let isPost: Bool
    let isUpload: Bool
    let fields: [Field]

    /// One form stands on many pages, for many things.
    var name: String {
        let place = path.split(separator: "/").map { $0.allSatisfy(\.isNumber) ? "N" : String($0) }
        return (isPost ? "POST /" : "GET /") + place.joined(separator: "/")
    }

    static func all(in page: String) throws -> [PageForm] {
        try page.matches(of: /<form([^>]*)>(.*?)<\/form>/.dotMatchesNewlines()).map { form in
            let head = attributes(form.output.1)
            let action = try #require(head["action"], "a form of \(page.prefix(300))")
            return PageForm(
                path: String(action.prefix { $0 != "?" }), isPost: head["method"] == "post",
                isUpload: head["enctype"] != nil, fields: fields(form.output.2))
        }
    }

    private static func fields(_ text: Substring) -> [Field] {
        let elements = /<(?:(input|button)([^>]*)>|(textarea|select)([^>]*)>(.*?)<\/(?:textarea|select)>)/
            .dotMatchesNewlines()
        return text.matches(of: elements).compactMap { element in
            let output = element.output
            let head = attributes(output.2 ?? output.4 ?? "")
            guard let name = head["name"] else { return nil }
            let value = head["value"] ?? ""
            switch output.1 ?? output.3 ?? "" {
            case "button": return Field(name: name, type: "button", value: nil)
            case "textarea": return Field(name: name, type: "textarea", value: decoded(String(output.5 ?? "")))
            case "select":
                let options = (output.5 ?? "").matches(of: /<option([^>]*)>/).map { attributes($0.output.1) }
                let chosen = options.first { $0["selected"] != nil } ?? options.first
                return Field(name: name, type: "select", value: chosen?["value"])
            default:
                let type = head["type"] ?? "text"
                let isSent = !["checkbox", "radio"].contains(type) || head["checked"] != nil
                return Field(name: name, type: type, value: isSent ? value : nil)
            }
        }
    }

    private static func attributes(_ text: Substring) -> [String: String] {
        Dictionary(
            text.matches(of: /([a-z-]+)(?:="([^"]*)")?/).map {
                (String($0.output.1), decoded(String($0.output.2 ?? "")))
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func decoded(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }
}

extension PageForm.Field {
    /// Somebody types into it.
    var isTyped: Bool { !["hidden", "select", "checkbox", "radio", "button", "file"].contains(type) }
    var isSecret: Bool { type == "password" }
    /// Nobody types into it, but whoever forges a form sends what they like.
    var isForged: Bool { ["hidden", "select", "checkbox", "radio"].contains(type) && name != "csrf" }
}
