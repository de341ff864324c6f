import Foundation

@testable import Web

/// A template in the pieces that matter for comparing it with a model.
indirect enum TemplateNode {
    /// `{{name}}`
    case variable(name: String, tag: TemplateTag)
    /// `{{#name}}…{{/name}}`
    case section(name: String, tag: TemplateTag, [TemplateNode])
    /// `{{^name}}…{{/name}}`
    case inverted(name: String, tag: TemplateTag, [TemplateNode])
    /// `{{>name}}`
    case partial(name: String, tag: TemplateTag)
    /// `{{<name}}…{{/name}}`, with the blocks that stand in it
    case parent(name: String, tag: TemplateTag, [String: [TemplateNode]])
    /// `{{$name}}…{{/name}}`
    case block(name: String, [TemplateNode])
}

/// A tag of a template and where it stands.
struct TemplateTag: Hashable, CustomStringConvertible {
    let template: String
    let line: Int
    let text: String

    var description: String { "\(template).mustache:\(line): {{\(text)}}" }
}

/// The templates of the program, read anew and independent of the engine that renders them.
struct TemplateTexts {
    private(set) var templates: [String: [TemplateNode]] = [:]
    private(set) var tags: Set<TemplateTag> = []

    init() throws {
        let folder = Templates.folder
        let files = FileManager.default.enumerator(atPath: folder.path)
        while let path = files?.nextObject() as? String {
            guard path.hasSuffix(".mustache") else { continue }
            let name = String(path.dropLast(".mustache".count))
            let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            var pieces = Self.tags(of: text, name)[...]
            templates[name] = Self.nodes(&pieces, until: nil)
            precondition(pieces.isEmpty, "\(name) closes a section that it did not open")
        }
        for nodes in templates.values { collect(nodes) }
    }

    private static func tags(of text: String, _ name: String) -> [TemplateTag] {
        var line = 1
        var tags: [TemplateTag] = []
        for piece in text.split(separator: "{{", omittingEmptySubsequences: false).enumerated() {
            if piece.offset > 0, let end = piece.element.firstRange(of: "}}") {
                let text = String(piece.element[..<end.lowerBound])
                tags.append(TemplateTag(template: name, line: line, text: text))
            }
            line += piece.element.count { $0.isNewline }
        }
        return tags
    }

    private static func nodes(_ tags: inout ArraySlice<TemplateTag>, until end: String?) -> [TemplateNode] {
        var nodes: [TemplateNode] = []
        while let tag = tags.popFirst() {
            let name = String(tag.text.dropFirst())
            switch tag.text.first {
            case "/":
                precondition(name == end, "\(tag) closes \(end ?? "nothing")")
                return nodes
            case "#": nodes.append(.section(name: name, tag: tag, self.nodes(&tags, until: name)))
            case "^": nodes.append(.inverted(name: name, tag: tag, self.nodes(&tags, until: name)))
            case "$": nodes.append(.block(name: name, self.nodes(&tags, until: name)))
            case ">": nodes.append(.partial(name: name, tag: tag))
            case "<":
                var blocks: [String: [TemplateNode]] = [:]
                for case .block(let block, let inner) in self.nodes(&tags, until: name) { blocks[block] = inner }
                nodes.append(.parent(name: name, tag: tag, blocks))
            case "{", "&": preconditionFailure("\(tag) is not escaped")
            default: nodes.append(.variable(name: tag.text, tag: tag))
            }
        }
        precondition(end == nil, "section \(end ?? "") is not closed")
        return nodes
    }

    private mutating func collect(_ nodes: [TemplateNode]) {
        for node in nodes {
            switch node {
            case .variable(_, let tag), .partial(_, let tag): tags.insert(tag)
            case .section(_, let tag, let inner), .inverted(_, let tag, let inner):
                tags.insert(tag)
                collect(inner)
            case .parent(_, let tag, let blocks):
                tags.insert(tag)
                for inner in blocks.values { collect(inner) }
            case .block(_, let inner): collect(inner)
            }
        }
    }
}
