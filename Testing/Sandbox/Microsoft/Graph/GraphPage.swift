import Foundation

/// A page of a collection: `$top`, `$skip`, `$count`, `@odata.nextLink`.
struct GraphPage: Sendable {
    let context: GraphContext
    /// For `@odata.context`.
    let name: String
    /// What a page holds where the client does not say.
    let standard: Int
    /// What a client may ask for at most (Graph: 1000 for messages).
    var largest = 1000

    func answer(_ all: [JSONValue]) throws(GraphError) -> SandboxAnswer {
        try answer(
            count: all.count, items: { (range: Range<Int>) throws(GraphError) -> [JSONValue] in Array(all[range]) })
    }

    /// - Parameter items: writes those of a range; called once.
    func answer(
        count: Int, items: (Range<Int>) throws(GraphError) -> [JSONValue]
    ) throws(GraphError) -> SandboxAnswer {
        let top = try context.query.number("top")
        if let top, top > largest || top == 0 {
            throw .badRequest("ErrorInvalidUrlQuery", "Invalid value for $top: it must lie between 1 and \(largest).")
        }
        let size = top ?? min(context.preferences.pageSize ?? standard, largest)
        let (token, asked) = (try context.query.number("skiptoken"), try context.query.number("skip"))
        let skip = min(token ?? asked ?? 0, count)
        let end = min(skip + size, count)
        let found = try items(skip..<end)
        var body: JSONValue = ["@odata.context": context.context(name), "value": .array(found)]
        if context.query["count"]?.lowercased() == "true" { body["@odata.count"] = .integer(count) }
        if end < count {
            var fields = FormFields()
            for field in context.request.parameters.fields {
                if !["skip", "$skip", "$skiptoken"].contains(field.name.lowercased()) {
                    fields.append(field.name, field.value)
                }
            }
            let isSearch = context.query["search"] != nil
            fields.append(isSearch ? "$skiptoken" : "$skip", "\(end)")
            let query = fields.encoded.replacingOccurrences(of: "%24", with: "$")
            body["@odata.nextLink"] =
                "\(context.root)/\(context.path.map { FormFields.encoded($0) }.joined(separator: "/"))?\(query)"
        }
        var answer = SandboxAnswer.json(body)
        if let applied = context.preferences.applied { answer = answer.adding("Preference-Applied", applied) }
        return answer
    }
}
