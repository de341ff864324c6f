import Foundation
import Testing

/// Header fields with what they say, from the collection of real and of nasty ones that comes with mail-parser.
enum ParserCases {
    static let folder = "corpus/parser-cases/resources/"

    struct Case<Expected: Decodable>: Decodable {
        let header: String
        let expected: Expected?

        /// The field's bytes: the collection's texts run on into what follows the field.
        var field: [UInt8] {
            var field: [UInt8] = []
            var hasContent = false
            var rest = Array(header.utf8)[...]
            while let end = rest.firstIndex(of: 0x0A) {
                let line = rest[...end]
                hasContent = hasContent || line.contains { $0 > 0x20 }
                field += line
                rest = rest[(end + 1)...]
                guard !hasContent || rest.first == 0x20 || rest.first == 0x09 else { return field }
            }
            return field + rest
        }
    }

    static func load<Expected: Decodable>(_ file: String) throws -> [Case<Expected>] {
        let data = try #require(SharedMaterial.data(folder + file))
        return try JSONDecoder().decode([Case<Expected>].self, from: data)
    }
}
