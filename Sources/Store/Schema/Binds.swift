import CRM
import Database

extension Value {
    static func id<Kind>(_ id: Identifier<Kind>) -> Value { .integer(id.rawValue) }

    /// NULL for nil.
    static func id<Kind>(_ id: Identifier<Kind>?) -> Value { .optional(id?.rawValue) }

    static func ids<Kind>(_ ids: some Sequence<Identifier<Kind>>) -> Value { .list(ids.map(\.rawValue)) }
}

extension Row {
    func id<Kind>(_ index: Int) throws -> Identifier<Kind> { Identifier(try integer(index)) }

    func optionalID<Kind>(_ index: Int) throws -> Identifier<Kind>? {
        try optionalInteger(index).map { Identifier($0) }
    }
}
