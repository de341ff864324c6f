@testable import IMAP

/// Reads what a server sends, as a connection does.
enum Wire {
    static func responses(_ text: String, literalLimit: Int = 32 << 20) throws -> [Response] {
        try responses([Array(text.utf8)], literalLimit: literalLimit)
    }

    /// - Parameter pieces: what comes in each read.
    static func responses(_ pieces: [[UInt8]], literalLimit: Int = 32 << 20) throws -> [Response] {
        var framer = ResponseFramer(literalLimit: literalLimit)
        var result: [Response] = []
        for piece in pieces {
            try piece.withUnsafeBytes { bytes in try framer.read(bytes) { result.append(ResponseParser.parse($0)) } }
        }
        return result
    }

    /// The one response in a line; the line end is added.
    static func response(_ line: String) throws -> Response { try response(Array(line.utf8)) }

    static func response(_ line: [UInt8]) throws -> Response {
        let responses = try responses([line + [0x0d, 0x0a]])
        guard let first = responses.first, responses.count == 1 else { throw WireError(found: responses.count) }
        return first
    }

    /// The message of a line `* 1 FETCH (items)`.
    static func message(_ items: String) throws -> FetchedMessage { try message(Array(items.utf8)) }

    static func message(_ items: [UInt8]) throws -> FetchedMessage {
        let response = try response(Array("* 1 FETCH (".utf8) + items + [UInt8(ascii: ")")])
        guard case .fetch(let message) = response else { throw NotFetched(response: "\(response)") }
        return message
    }

    struct WireError: Error { let found: Int }
    struct NotFetched: Error { let response: String }
}

extension Response {
    var isUnparsable: Bool { if case .unparsable = self { true } else { false } }

    /// All that it says, the same each time: sets and dictionaries have no order.
    var shown: String {
        switch self {
        case .list(let listing):
            "list \(listing.name) \(listing.attributes.sorted()) \(String(describing: listing.delimiter))"
        case .fetch(var message):
            {
                let sections = message.sections.sorted { $0.key < $1.key }
                message.sections = [:]
                return "\(message) \(sections)"
            }()
        default: "\(self)"
        }
    }
}

extension String {
    var bytes: [UInt8] { Array(utf8) }
    init(_ bytes: [UInt8]?) { self = String(decoding: bytes ?? [], as: UTF8.self) }
}
