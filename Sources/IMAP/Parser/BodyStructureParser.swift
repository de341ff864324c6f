/// BODYSTRUCTURE (RFC 9051, section 7.5.2). Servers differ in which fields they leave out; only what choosing a text
/// needs is insisted upon.
enum BodyStructureParser {
    static func parse(_ cursor: inout Cursor) throws -> BodyStructure {
        var remaining = BodyStructure.partLimit
        return try parse(&cursor, depth: 0, &remaining)
    }

    private static func parse(_ cursor: inout Cursor, depth: Int, _ remaining: inout Int) throws -> BodyStructure {
        remaining -= 1
        guard depth < BodyStructure.depthLimit else {
            try cursor.skipValue()
            return BodyStructure()
        }
        if cursor.takeWord("NIL") { return BodyStructure() }
        try cursor.expect(UInt8(ascii: "("))
        cursor.skipSpaces()
        var structure = BodyStructure()
        if cursor.peek == UInt8(ascii: "(") {
            structure.type = "multipart"
            while cursor.peek == UInt8(ascii: "(") {
                if remaining > 0 {
                    structure.children.append(try parse(&cursor, depth: depth + 1, &remaining))
                } else {
                    try cursor.skipValue()
                }
                cursor.skipSpaces()
            }
            structure.subtype = try text(&cursor).lowercased()
            cursor.skipSpaces()
            if cursor.peek == UInt8(ascii: "(") || cursor.peek | 0x20 == UInt8(ascii: "n") {
                structure.parameters = try parameters(&cursor)
            }
            try disposition(&cursor, &structure)
        } else {
            try single(&cursor, depth, &remaining, &structure)
        }
        try skipToEnd(&cursor)
        return structure
    }

    private static func single(
        _ cursor: inout Cursor, _ depth: Int, _ remaining: inout Int, _ structure: inout BodyStructure
    ) throws {
        structure.type = try text(&cursor).lowercased()
        cursor.skipSpaces()
        if cursor.peek == UInt8(ascii: "(") {
            // Gmail describes a multipart without parts so: `("MIXED" ("BOUNDARY" "x") NIL NIL)`.
            (structure.type, structure.subtype) = ("multipart", structure.type)
            structure.parameters = try parameters(&cursor)
            try disposition(&cursor, &structure)
            return
        }
        structure.subtype = try text(&cursor).lowercased()
        cursor.skipSpaces()
        structure.parameters = try parameters(&cursor)
        cursor.skipSpaces()
        structure.contentID = try cursor.nstring()
        cursor.skipSpaces()
        _ = try cursor.nstring()
        structure.encoding = try text(&cursor).lowercased()
        cursor.skipSpaces()
        structure.size = try size(&cursor)
        cursor.skipSpaces()
        if structure.type == "message", structure.subtype == "rfc822" || structure.subtype == "global",
            cursor.peek == UInt8(ascii: "(")
        {
            structure.embeddedSubject = try embeddedSubject(&cursor)
            cursor.skipSpaces()
            structure.children = [try parse(&cursor, depth: depth + 1, &remaining)]
            cursor.skipSpaces()
        }
        // The number of lines of a text.
        if cursor.peek >= 48 && cursor.peek <= 57 { _ = try cursor.number() }
        cursor.skipSpaces()
        // MD5: left out by some, so that the disposition stands in its place.
        if cursor.peek != UInt8(ascii: "("), cursor.peek != UInt8(ascii: ")") { try cursor.skipValue() }
        try disposition(&cursor, &structure)
    }

    /// The second field of the ENVELOPE of an embedded message.
    private static func embeddedSubject(_ cursor: inout Cursor) throws -> [UInt8]? {
        try cursor.expect(UInt8(ascii: "("))
        cursor.skipSpaces()
        _ = try cursor.nstring()
        cursor.skipSpaces()
        let subject = try cursor.nstring()
        try skipToEnd(&cursor)
        return subject
    }

    private static func disposition(_ cursor: inout Cursor, _ structure: inout BodyStructure) throws {
        cursor.skipSpaces()
        guard cursor.take(UInt8(ascii: "(")) else {
            if cursor.peek == UInt8(ascii: "\"") { structure.disposition = try text(&cursor).lowercased() }
            return
        }
        cursor.skipSpaces()
        structure.disposition = try text(&cursor).lowercased()
        cursor.skipSpaces()
        if cursor.peek != UInt8(ascii: ")") { structure.dispositionParameters = try parameters(&cursor) }
        try skipToEnd(&cursor)
    }

    /// Sizes are added up and multiplied, so that what is no number of 32 bits is none.
    private static func size(_ cursor: inout Cursor) throws -> Int? {
        if cursor.peek >= 48 && cursor.peek <= 57 { return try cursor.number32().map(Int.init) }
        // NIL, or a quoted number.
        return try cursor.nstring().flatMap { UInt32(String(decoding: $0, as: UTF8.self)) }.map(Int.init)
    }

    private static func text(_ cursor: inout Cursor) throws -> String {
        cursor.skipSpaces()
        return String(decoding: try cursor.string(), as: UTF8.self)
    }

    private static func parameters(_ cursor: inout Cursor) throws -> [BodyStructure.Parameter] {
        guard cursor.take(UInt8(ascii: "(")) else {
            _ = try cursor.nstring()
            return []
        }
        var result: [BodyStructure.Parameter] = []
        while true {
            cursor.skipSpaces()
            if cursor.take(UInt8(ascii: ")")) { return result }
            if cursor.isAtLineEnd { throw ParseFailure("a list of parameters does not end") }
            let name = try text(&cursor).lowercased()
            cursor.skipSpaces()
            if cursor.peek == UInt8(ascii: ")") { continue }
            let value = try cursor.string()
            if result.count < BodyStructure.parameterLimit {
                result.append(BodyStructure.Parameter(name: name, value: value))
            }
        }
    }

    /// Passes over what extensions follow.
    private static func skipToEnd(_ cursor: inout Cursor) throws {
        while true {
            cursor.skipSpaces()
            if cursor.take(UInt8(ascii: ")")) { return }
            if cursor.isAtEnd { throw ParseFailure("a body structure does not end") }
            try cursor.skipValue()
        }
    }
}
