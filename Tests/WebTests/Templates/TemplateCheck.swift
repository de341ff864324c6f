@testable import Web

/// Walks templates with models as the engine does, and notes each tag that names nothing, and each that was reached.
struct TemplateCheck {
    let texts: TemplateTexts
    private(set) var reached: Set<TemplateTag> = []
    /// Tags whose name is no member of the model, and what else cannot be.
    private(set) var unknown: Set<String> = []

    init(_ texts: TemplateTexts) { self.texts = texts }

    mutating func walk(_ template: String, _ model: Any) {
        guard let nodes = texts.templates[template] else {
            unknown.insert("there is no template \(template)")
            return
        }
        walk(nodes, [model], [:])
    }

    private mutating func walk(_ nodes: [TemplateNode], _ stack: [Any], _ blocks: [String: [TemplateNode]]) {
        for node in nodes {
            switch node {
            case .variable(let name, let tag):
                guard let value = find(name, tag, stack) else { continue }
                if value is [Any] || value is [String: Any] { unknown.insert("\(tag) prints a model or a list") }
            case .section(let name, let tag, let inner):
                switch find(name, tag, stack) {
                case nil, is PageTree.Absent: break
                case let flag as Bool: if flag { walk(inner, stack, blocks) }
                case let list as [Any]: for element in list { walk(inner, stack + [element], blocks) }
                case let value?: walk(inner, stack + [value], blocks)
                }
            case .inverted(let name, let tag, let inner):
                switch find(name, tag, stack) {
                case is PageTree.Absent: walk(inner, stack, blocks)
                case let flag as Bool: if !flag { walk(inner, stack, blocks) }
                case let list as [Any]: if list.isEmpty { walk(inner, stack + [list], blocks) }
                default: break
                }
            case .partial(let name, let tag):
                reached.insert(tag)
                guard let partial = texts.templates[name] else {
                    unknown.insert("\(tag) names no template")
                    continue
                }
                walk(partial, stack, blocks)
            case .parent(let name, let tag, let given):
                reached.insert(tag)
                guard let parent = texts.templates[name] else {
                    unknown.insert("\(tag) names no template")
                    continue
                }
                walk(parent, stack, blocks.merging(given) { outer, _ in outer })
            case .block(let name, let inner):
                walk(blocks[name] ?? inner, stack, blocks)
            }
        }
    }

    private mutating func find(_ name: String, _ tag: TemplateTag, _ stack: [Any]) -> Any? {
        reached.insert(tag)
        if name == "." { return stack.last }
        let parts = name.split(separator: ".").map(String.init)
        for object in stack.reversed() {
            guard let members = object as? [String: Any], var value = members[parts[0]] else { continue }
            for part in parts.dropFirst() {
                if value is PageTree.Absent { return value }
                guard let next = (value as? [String: Any])?[part] else {
                    unknown.insert("\(tag): there is no \(part)")
                    return nil
                }
                value = next
            }
            return value
        }
        unknown.insert("\(tag) names nothing")
        return nil
    }
}
