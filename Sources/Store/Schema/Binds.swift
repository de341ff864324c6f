import CRM
import Database
import Wording

extension Value {
    static func id<Kind>(_ id: Identifier<Kind>) -> Value { .integer(id.rawValue) }

    /// NULL for nil.
    static func id<Kind>(_ id: Identifier<Kind>?) -> Value { .optional(id?.rawValue) }

    /// With pattern and arguments apart, to be read in any language.
    static func phrase(_ phrase: Phrase) -> Value { .text(phrase.stored) }

    static func ids<Kind>(_ ids: some Sequence<Identifier<Kind>>) -> Value { .list(ids.map(\.rawValue)) }
}

extension Row {
    func id<Kind>(_ index: Int) throws -> Identifier<Kind> { Identifier(try integer(index)) }

    func optionalID<Kind>(_ index: Int) throws -> Identifier<Kind>? {
        try optionalInteger(index).map { Identifier($0) }
    }

    func phrase(_ index: Int) throws -> Phrase { Phrase(stored: try text(index)) }

    func optionalPhrase(_ index: Int) throws -> Phrase? { try optionalText(index).map { Phrase(stored: $0) } }
}
