/// Understands one framed response. A response that cannot be understood is reported as such and costs nothing else.
enum ResponseParser {
    static func parse(_ frame: borrowing ResponseFramer.Frame) -> Response {
        let oversized = frame.oversized
        return frame.bytes.withUnsafeBufferPointer { buffer in
            var cursor = Cursor(buffer, oversized: oversized)
            do {
                return try response(&cursor)
            } catch {
                let shown = String(decoding: buffer.prefix(120), as: UTF8.self)
                return .unparsable("\((error as? ParseFailure)?.reason ?? "\(error)"): \(shown)")
            }
        }
    }

    private static func response(_ cursor: inout Cursor) throws -> Response {
        // Some servers pad what they send with NUL.
        while cursor.peek == 0, !cursor.isAtEnd { cursor.skip() }
        if cursor.take(UInt8(ascii: "+")) {
            cursor.skipSpaces()
            return .continuation(cursor.rest())
        }
        guard cursor.take(UInt8(ascii: "*")) else {
            let tag = cursor.word()
            cursor.skipSpaces()
            guard !tag.isEmpty, let status = try statusResponse(&cursor) else {
                throw ParseFailure("neither tagged nor untagged")
            }
            return .tagged(tag, status)
        }
        cursor.skipSpaces()
        if cursor.peek >= 48 && cursor.peek <= 57 { return try numbered(&cursor) }
        if let status = try statusResponse(&cursor) { return .status(status) }
        return try named(&cursor)
    }

    /// `* 12 FETCH …`
    private static func numbered(_ cursor: inout Cursor) throws -> Response {
        guard let number = try cursor.number32() else { throw ParseFailure("a number of more than 32 bits") }
        cursor.skipSpaces()
        if cursor.takeWord("FETCH") {
            cursor.skipSpaces()
            var message = FetchedMessage(sequenceNumber: number, octets: cursor.count)
            try FetchParser.parse(&cursor, into: &message)
            return .fetch(message)
        }
        if cursor.takeWord("EXISTS") { return .exists(Int(number)) }
        if cursor.takeWord("EXPUNGE") { return .expunge(number) }
        return .other(cursor.rest())
    }

    private static func statusResponse(_ cursor: inout Cursor) throws -> StatusResponse? {
        let status: ResponseStatus
        if cursor.takeWord("OK") {
            status = .ok
        } else if cursor.takeWord("NO") {
            status = .no
        } else if cursor.takeWord("BAD") {
            status = .bad
        } else if cursor.takeWord("BYE") {
            status = .bye
        } else if cursor.takeWord("PREAUTH") {
            status = .preauth
        } else {
            return nil
        }
        cursor.skipSpaces()
        var code: ResponseCode?
        var text = cursor.rest()
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            let inner = text[text.index(after: text.startIndex)..<end]
            let parts = inner.split(separator: " ", maxSplits: 1)
            if let name = parts.first {
                code = ResponseCode(name: name.uppercased(), argument: parts.count > 1 ? String(parts[1]) : "")
            }
            text = String(text[text.index(after: end)...].drop { $0 == " " })
        }
        return StatusResponse(status: status, code: code, text: String(text.prefix(StatusResponse.textLimit)))
    }

    private static func named(_ cursor: inout Cursor) throws -> Response {
        if cursor.takeWord("CAPABILITY") { return .capability(capabilities(&cursor)) }
        if cursor.takeWord("ENABLED") { return .enabled(capabilities(&cursor)) }
        if cursor.takeWord("LIST") || cursor.takeWord("XLIST") || cursor.takeWord("LSUB") {
            return .list(try list(&cursor))
        }
        if cursor.takeWord("STATUS") { return try status(&cursor) }
        if cursor.takeWord("SEARCH") { return try search(&cursor) }
        if cursor.takeWord("ESEARCH") { return try extendedSearch(&cursor) }
        if cursor.takeWord("NAMESPACE") { return .namespace(try namespace(&cursor)) }
        if cursor.takeWord("VANISHED") {
            cursor.skipSpaces()
            let isEarlier = cursor.takeWord("(EARLIER)")
            cursor.skipSpaces()
            return .vanished(try cursor.uidSet(star: .max), isEarlier: isEarlier)
        }
        return .other(cursor.rest())
    }

    private static func capabilities(_ cursor: inout Cursor) -> [Capability] {
        Capability.list(cursor.rest())
    }

    private static func namespace(_ cursor: inout Cursor) throws -> Namespace {
        var result = Namespace()
        result.personal = try prefixes(&cursor)
        result.others = try prefixes(&cursor)
        result.shared = try prefixes(&cursor)
        return result
    }

    private static func prefixes(_ cursor: inout Cursor) throws -> [[UInt8]] {
        cursor.skipSpaces()
        if cursor.takeWord("NIL") { return [] }
        var result: [[UInt8]] = []
        try cursor.expect(UInt8(ascii: "("))
        while true {
            cursor.skipSpaces()
            if cursor.take(UInt8(ascii: ")")) { return result }
            try cursor.expect(UInt8(ascii: "("))
            let prefix = try cursor.string()
            if result.count < Namespace.prefixLimit { result.append(prefix) }
            cursor.skipSpaces()
            while !cursor.take(UInt8(ascii: ")")) {
                if cursor.isAtLineEnd { throw ParseFailure("a namespace does not end") }
                try cursor.skipValue()
                cursor.skipSpaces()
            }
        }
    }

    private static func list(_ cursor: inout Cursor) throws -> MailboxListing {
        cursor.skipSpaces()
        var attributes: Set<String> = []
        try cursor.expect(UInt8(ascii: "("))
        while !cursor.take(UInt8(ascii: ")")) {
            cursor.skipSpaces()
            let word = cursor.word()
            if word.isEmpty && cursor.peek != UInt8(ascii: ")") {
                throw ParseFailure("a list of attributes does not end")
            }
            if !word.isEmpty, attributes.count < MailboxListing.attributeLimit {
                attributes.insert(word.lowercased())
            }
        }
        cursor.skipSpaces()
        let delimiter = try cursor.nstring()?.first
        cursor.skipSpaces()
        return MailboxListing(
            name: MailboxName(bytes: try mailbox(&cursor)), attributes: attributes, delimiter: delimiter)
    }

    /// A mailbox name: names with brackets come without quotes from some servers.
    private static func mailbox(_ cursor: inout Cursor) throws -> [UInt8] {
        if cursor.peek == UInt8(ascii: "\"") || cursor.peek == UInt8(ascii: "{") { return try cursor.string() }
        let word = Array(cursor.wordBytes())
        if word.isEmpty { throw ParseFailure("a mailbox name is missing") }
        return word
    }

    private static func status(_ cursor: inout Cursor) throws -> Response {
        cursor.skipSpaces()
        let name = MailboxName(bytes: try mailbox(&cursor))
        cursor.skipSpaces()
        try cursor.expect(UInt8(ascii: "("))
        var data = MailboxStatusData()
        while true {
            cursor.skipSpaces()
            if cursor.take(UInt8(ascii: ")")) { break }
            if cursor.isAtLineEnd { throw ParseFailure("a STATUS response does not end") }
            if cursor.takeWord("MESSAGES") {
                cursor.skipSpaces()
                data.messages = try cursor.number32().map(Int.init)
            } else if cursor.takeWord("UIDNEXT") {
                cursor.skipSpaces()
                data.uidNext = try cursor.number32().flatMap { $0 > 0 ? $0 : nil }
            } else if cursor.takeWord("UIDVALIDITY") {
                cursor.skipSpaces()
                data.uidValidity = try cursor.number32().flatMap { $0 > 0 ? $0 : nil }
            } else if cursor.takeWord("HIGHESTMODSEQ") {
                cursor.skipSpaces()
                data.highestModSequence = try cursor.number().flatMap { $0 > 0 ? $0 : nil }
            } else {
                _ = cursor.word()
                try cursor.skipValue()
            }
        }
        return .mailboxStatus(name, data)
    }

    private static func search(_ cursor: inout Cursor) throws -> Response {
        var uids: [UInt32] = []
        while true {
            cursor.skipSpaces()
            if cursor.isAtLineEnd { break }
            if cursor.peek == UInt8(ascii: "(") {
                // (MODSEQ n)
                try cursor.skipValue()
                continue
            }
            guard let uid = try cursor.number32() else { throw ParseFailure("a UID of more than 32 bits") }
            uids.append(uid)
        }
        return .search(uids)
    }

    private static func extendedSearch(_ cursor: inout Cursor) throws -> Response {
        var tag: String?
        var all = UIDSet()
        var count: Int?
        cursor.skipSpaces()
        if cursor.take(UInt8(ascii: "(")) {
            if cursor.takeWord("TAG") {
                cursor.skipSpaces()
                tag = String(decoding: try cursor.string(), as: UTF8.self)
            }
            while !cursor.take(UInt8(ascii: ")")) {
                if cursor.isAtLineEnd { throw ParseFailure("an ESEARCH response does not end") }
                try cursor.skipValue()
                cursor.skipSpaces()
            }
        }
        while true {
            cursor.skipSpaces()
            if cursor.isAtLineEnd { break }
            if cursor.takeWord("UID") { continue }
            if cursor.takeWord("ALL") {
                cursor.skipSpaces()
                all = try cursor.uidSet(star: .max, allowsNought: false)
            } else if cursor.takeWord("COUNT") {
                cursor.skipSpaces()
                count = try cursor.number32().map(Int.init)
            } else {
                _ = cursor.word()
                cursor.skipSpaces()
                if !cursor.isAtLineEnd { try cursor.skipValue() }
            }
        }
        return .extendedSearch(tag: tag, all: all, count: count)
    }
}
