import Foundation
import FoundationXML
import Sandbox

/// The types of Graph v1.0, as its metadata (CSDL) declares them.
struct Metadata: Sendable {
    fileprivate struct Kind: Sendable {
        var base: String?
        var members: Set<String> = []
        var properties: [String: (type: String, isNullable: Bool)] = [:]
        var navigations: [String: String] = [:]
    }

    private let kinds: [String: Kind]

    init(file: URL) throws {
        let parser = XMLParser(data: try Data(contentsOf: file))
        let reader = MetadataReader()
        parser.delegate = reader
        guard parser.parse(), reader.kinds.count > 500 else { throw Unexpected(answer: "the metadata does not parse") }
        kinds = reader.kinds
    }

    fileprivate static func short(_ type: String) -> String {
        type.hasPrefix("graph.")
            ? String(type.dropFirst(6)) : type.hasPrefix("microsoft.graph.") ? String(type.dropFirst(16)) : type
    }

    /// What of a value is not as its type wants it, each with the path to it.
    func complaints(about value: JSONValue, as type: String, at path: String = "") -> [String] {
        if type.hasPrefix("Collection(") {
            guard let elements = value.array else { return ["\(path): \(type) wants an array, not \(value)"] }
            let inner = String(type.dropFirst(11).dropLast())
            return elements.enumerated().flatMap { complaints(about: $1, as: inner, at: "\(path)[\($0)]") }
        }
        if type.hasPrefix("Edm.") {
            return Self.fits(value, type) ? [] : ["\(path): \(type) wants another value than \(value)"]
        }
        let name = Self.short(type)
        guard let kind = kinds[name] else { return ["\(path): there is no type \(type)"] }
        if !kind.members.isEmpty {
            guard let word = value.string, kind.members.contains(word) else {
                return ["\(path): \(type) has no member \(value)"]
            }
            return []
        }
        guard let members = value.object else { return ["\(path): \(type) wants an object, not \(value)"] }
        return members.sorted { $0.key < $1.key }.flatMap { member, value -> [String] in
            if member.hasPrefix("@") { return [] }
            guard let (type, isNullable) = property(member, of: name) else {
                return ["\(path)/\(member): \(name) has no such property"]
            }
            if value == .null { return isNullable ? [] : ["\(path)/\(member): null is not allowed"] }
            return complaints(about: value, as: type, at: "\(path)/\(member)")
        }
    }

    private func property(_ member: String, of name: String) -> (type: String, isNullable: Bool)? {
        var next: String? = name
        while let type = next, let kind = kinds[type] {
            if let found = kind.properties[member] { return found }
            if let navigation = kind.navigations[member] { return (navigation, true) }
            next = kind.base
        }
        return nil
    }

    private static func fits(_ value: JSONValue, _ type: String) -> Bool {
        switch type {
        case "Edm.Boolean": value.bool != nil
        case "Edm.Int16", "Edm.Int32", "Edm.Int64": value.integer != nil
        case "Edm.Double", "Edm.Single", "Edm.Decimal": value.double != nil
        case "Edm.DateTimeOffset": value.string?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/) != nil
        case "Edm.TimeOfDay": value.string?.wholeMatch(of: /\d\d:\d\d:\d\d(\.\d+)?/) != nil
        case "Edm.Guid": value.string.flatMap(UUID.init(uuidString:)) != nil
        case "Edm.Binary": value.string.flatMap { Data(base64Encoded: $0) } != nil
        default: value.string != nil
        }
    }
}

private final class MetadataReader: NSObject, XMLParserDelegate {
    var kinds: [String: Metadata.Kind] = [:]
    private var current: String?

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        switch element {
        case "EntityType", "ComplexType", "EnumType":
            let name = attributes["Name"] ?? ""
            // Types of other namespaces come later in the document and share no name that is looked at here.
            guard kinds[name] == nil else { return }
            kinds[name] = Metadata.Kind(base: attributes["BaseType"].map(Metadata.short))
            current = name
        case "Property":
            guard let current, let name = attributes["Name"] else { return }
            kinds[current]?.properties[name] = (attributes["Type"] ?? "", attributes["Nullable"] != "false")
        case "NavigationProperty":
            guard let current, let name = attributes["Name"] else { return }
            kinds[current]?.navigations[name] = attributes["Type"] ?? ""
        case "Member":
            guard let current, let name = attributes["Name"] else { return }
            kinds[current]?.members.insert(name)
        default: break
        }
    }

    func parser(_ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?) {
        if ["EntityType", "ComplexType", "EnumType"].contains(element) { current = nil }
    }
}
